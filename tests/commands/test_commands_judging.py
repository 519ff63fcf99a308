"""What a person types to measure a model, and reads: the work itself is tested in flow."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from edema_desk.cli import main
from edema_desk.commands import models
from edema_desk.domain.models.card import ModelCard, read_card
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation.judging import JudgeRequest
from tests.flow.models.made_up_packages import package


def test_judging_as_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[JudgeRequest] = []

    def judge(profile: object, request: JudgeRequest, **_: object) -> ModelCard:
        del profile
        asked.append(request)
        return read_card(request.package)

    monkeypatch.setattr(models, "judge_model", judge)
    folder, card = package(tmp_path / "model")
    arguments = ["models", "judge", str(folder), "--on", "study", "--profile", str(tmp_path)]
    plain = CliRunner().invoke(main, arguments)
    chosen = CliRunner().invoke(main, [*arguments, "--quote", "twin", "--transfer", "parts"])
    assert (plain.exit_code, chosen.exit_code) == (0, 0), chosen.output
    assert card.model_id in plain.output
    assert "0.30 kg, 90 % right" in plain.output
    assert [r.kind for r in asked] == [None, TransferKind.PARTS]
    assert [r.twin for r in asked] == [None, Path("twin")]
    assert {(r.package, r.study) for r in asked} == {(folder, Path("study"))}


def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> ModelCard:
        raise ExpectedError(ErrorCode.MODEL_TRANSFER_UNFIT, kind="ridge")

    monkeypatch.setattr(models, "judge_model", refuse)
    folder, _ = package(tmp_path / "model")
    answer = CliRunner().invoke(main, ["models", "judge", str(folder), "--on", "study"])
    assert answer.exit_code == 1
    assert "The way of transfer ridge does not fit this network." in answer.output


@pytest.mark.parametrize(
    "command",
    [
        ("models", "judge", "model", "--on", "nowhere"),
        ("study", "evaluate", "nowhere"),
        ("pretrain", "nowhere", "--out", "new", "--exclude", "P1"),
    ],
)
def test_each_takes_the_way_of_transfer_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Without one, too: a default of which the command knows nothing would be wrong usage."""
    monkeypatch.chdir(tmp_path)
    for more in ((), ("--transfer", "ridge"), ("--transfer", "tuned")):
        answer = CliRunner().invoke(main, [*command, *more, "--profile", "profile"])
        assert answer.exit_code == (2 if "tuned" in more else 1), answer.output
