"""Which people a made-up study is made from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from edema_desk.commands.study_synthesise import synthesise
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.studies.making import make_study
from edema_desk.synthesis.sources import PeopleSplit, split_people


def test_somebody_of_the_other_part_does_not_stand_for_everyone(tmp_path: Path) -> None:
    faces = tmp_path / "faces"
    faces.mkdir()
    for name in ("anna", "ben"):
        (faces / f"{name}.jpg").write_bytes(b"never opened")
    first = PeopleSplit(0, 1, 1)
    (inside,) = split_people(faces, first)
    (outside,) = {"anna", "ben"} - {inside}
    with pytest.raises(ExpectedError) as caught:
        make_study(
            tmp_path / "out",
            patients=1,
            days=1,
            seed=0,
            faces=faces,
            only=(outside,),
            split=first,
        )
    assert caught.value.code is ErrorCode.FACES_NONE
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("choice", [("--only",), ("--skip",), ("--split", "0/1-1", "--skip")])
def test_a_name_that_nobody_has_is_told(tmp_path: Path, choice: tuple[str, ...]) -> None:
    """Mistyped, it would leave in whom it was to leave out."""
    faces = tmp_path / "faces"
    faces.mkdir()
    for name in ("anna", "ben"):
        (faces / f"{name}.jpg").write_bytes(b"never opened")
    arguments = [str(tmp_path / "out"), "--patients", "1", "--days", "1", "--seed", "0"]
    answer = CliRunner().invoke(
        synthesise, [*arguments, "--faces", str(faces), *choice, "ana", "--skip", "ben"]
    )
    assert answer.exit_code == 1
    assert "ana" in answer.output
    assert "ben" not in answer.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("choice", [("--only", "anna"), ("--skip", "anna"), ("--split", "0/1-1")])
def test_choosing_among_nobodys_faces_is_wrong_usage(
    tmp_path: Path, choice: tuple[str, str]
) -> None:
    arguments = [str(tmp_path / "out"), "--patients", "1", "--days", "1", "--seed", "0", *choice]
    answer = CliRunner().invoke(synthesise, arguments)
    assert answer.exit_code == 2
    assert "--faces" in answer.output
    assert not (tmp_path / "out").exists()
