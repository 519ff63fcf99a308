"""A finished package gets new figures: its card changes, its weights do not."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.models.card import CARD_FILE, WEIGHTS_FILE, SelfCheck, read_card
from edema_desk.domain.statistics.population import fit_prior
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.base.model_signature import SIGNATURE_FILE
from edema_desk.flow.evaluation import judging as model_judging
from edema_desk.flow.evaluation.captures import captures_of
from edema_desk.flow.evaluation.judging import JudgeRequest, judge_model
from edema_desk.flow.evaluation.pieces import Said
from edema_desk.flow.evaluation.rows import scored_capture
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace
from edema_desk.paths import Profile
from edema_desk.worker.protocol.contents import Embedding
from tests.flow.evaluation.evaluation_samples import Captures, ScoringWorker, score, study
from tests.flow.models.made_up_packages import package

DRY_G = 60_000
SHOWN = study(people=4, days=3, side_px=64)
CHECK = SelfCheck("c" * 64, (1.0, 2.0))


class PartsWorker(ScoringWorker):
    """Tells six parts apart, and notes which network was asked."""

    asked: list[str]

    def __init__(self, *, low_priority: bool = False) -> None:
        del low_priority
        super().__init__()

    def embed(self, crops: Iterable[bytes], model_dir: Path, cancelled: object = None) -> Embedding:
        del cancelled
        self.asked.append(model_dir.name)
        said = score(crops)
        parts = tuple(said.score.g_kg * np.array([4, 3, 2, 1, 0, 0]) / 10)
        return replace(said, score=replace(said.score, parts_kg=parts))


def prepared(captures: Captures, name: str = "others") -> PreparedStudy:
    faces = []
    for c in captures:
        weight_g = DRY_G + round(1000 * c.excess_kg)
        row = StudyRow(1, c.patient_id, c.day, c.phase, weight_g, DRY_G, Path("clip"))
        faces.append(StudyFace(row, c.capture_id, c.crops, None))
    return PreparedStudy(StudyReading(Path(name), (), (), ()), tuple(faces), name)


@pytest.fixture(autouse=True)
def _study(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, few = prepared(SHOWN), prepared(study(people=4, days=2, side_px=64))
    PartsWorker.asked = []
    monkeypatch.setattr(model_judging, "WorkerClient", PartsWorker)
    monkeypatch.setattr(
        model_judging, "prepare_study", lambda _, f, *__, **___: few if f.name == "few" else shown
    )


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A finished package, signed, with a self-check."""
    folder, _ = package(tmp_path / "model", self_check=CHECK, encoder="fine18-parts")
    (folder / SIGNATURE_FILE).write_text("signed")
    return folder


def asked(model: Path, **more: object) -> JudgeRequest:
    return JudgeRequest(model, Path("others"), command="edema-desk models judge", **more)  # type: ignore[arg-type]


def test_the_card_says_what_was_found_and_the_weights_stay(tmp_path: Path, model: Path) -> None:
    before, weights = read_card(model), (model / WEIGHTS_FILE).read_bytes()
    card = judge_model(Profile(tmp_path), asked(model, kind=TransferKind.PARTS))
    assert read_card(model) == card
    assert (model / WEIGHTS_FILE).read_bytes() == weights
    assert (card.model_id, card.self_check) == (before.model_id, CHECK)
    assert card.commands == (*before.commands, "edema-desk models judge")
    assert replace(card, figures=before.figures, commands=before.commands) == before
    assert (card.figures.people, card.figures.captures) == (4, 24)
    assert card.figures.measured_on == "patients, others, one day held out at a time"
    assert card.figures.transfer is not None
    assert card.figures.transfer.kind is TransferKind.PARTS
    assert set(PartsWorker.asked) == {"model"}
    assert not (model / SIGNATURE_FILE).exists(), "the signature is that of another card"
    assert {path.name for path in model.iterdir()} == {CARD_FILE, WEIGHTS_FILE}


def test_without_a_kind_it_stays_what_it_was(tmp_path: Path, model: Path) -> None:
    for kind in (TransferKind.RIDGE, None):
        card = judge_model(Profile(tmp_path), asked(model, kind=kind))
        assert card.figures.transfer is not None
        assert card.figures.transfer.kind is TransferKind.RIDGE
    assert len(PartsWorker.asked) == 24, "what was scored is not scored again"


def test_a_twin_is_judged_and_quoted(tmp_path: Path, model: Path) -> None:
    twin, twin_card = package(tmp_path / "twin", b"twin", encoder="fine18-parts")
    kept = (twin / CARD_FILE).read_bytes()
    card = judge_model(Profile(tmp_path), asked(model, twin=twin))
    assert set(PartsWorker.asked) == {"twin"}
    assert (twin / CARD_FILE).read_bytes() == kept
    assert twin_card.model_id in card.figures.measured_on
    assert "never saw these people" in card.figures.measured_on
    captures = captures_of(prepared(SHOWN))
    said = [score(c.crops) for c in captures]
    told = [scored_capture(c, Said(s.score, s.vector)) for c, s in zip(captures, said, strict=True)]
    assert card.figures.transfer == fit_prior(told)


@pytest.mark.parametrize(
    ("kind", "encoder"), [(TransferKind.RIDGE, "fine18-parts"), (TransferKind.PARTS, "fine18")]
)
def test_what_means_something_else_in_the_twin_is_not_quoted(
    tmp_path: Path, model: Path, kind: TransferKind, encoder: str
) -> None:
    twin, _ = package(tmp_path / "twin", b"twin", encoder=encoder)
    before = (model / CARD_FILE).read_bytes()
    with pytest.raises(ExpectedError) as caught:
        judge_model(Profile(tmp_path), asked(model, twin=twin, kind=kind))
    assert caught.value.code is ErrorCode.MODEL_TRANSFER_UNFIT
    assert (model / CARD_FILE).read_bytes() == before
    assert PartsWorker.asked == []


def test_too_few_people_are_told_before_anything_is_scored(tmp_path: Path, model: Path) -> None:
    before = (model / CARD_FILE).read_bytes()
    with pytest.raises(ExpectedError) as caught:
        judge_model(Profile(tmp_path), replace(asked(model), study=Path("few")))
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
    assert PartsWorker.asked == []
    assert (model / CARD_FILE).read_bytes() == before
    assert (model / SIGNATURE_FILE).exists()


def test_a_card_that_cannot_be_written_stays_whole(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (model / CARD_FILE).read_bytes()

    replace_file = Path.replace

    def fail(part: Path, target: Path) -> Path:
        if target.name == CARD_FILE:
            raise OSError
        return replace_file(part, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExpectedError) as caught:
        judge_model(Profile(tmp_path), asked(model))
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert (model / CARD_FILE).read_bytes() == before
    assert not (model / f"{CARD_FILE}.part").exists()
