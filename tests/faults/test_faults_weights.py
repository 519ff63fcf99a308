"""P2: a thousand slips of a finger, by every way a weight can come in: none is kept silently."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.cli import main
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.domain.terms.weights import parse_weight_g
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.studies.taking_in import import_study
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.paths import Profile, resources_dir
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.cards import session_pair
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.captures.worklist import counts
from edema_desk.store.people.patients import add_patient, set_dry_weight
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.weights.entry import WeightEntry
from tests.faults.rounds import rounds
from tests.faults.slips import Slip, Slipped, slips
from tests.flow.made_up_worker import MadeUpWorker, clip_file

SLIPS = 1000
DRY_G = 70_000
TRUE_G = {Phase.PRE: 72_400, Phase.POST: 70_100}
_NOT_ASKED = frozenset(
    {
        ErrorCode.WEIGHT_NOT_A_NUMBER,
        ErrorCode.WEIGHT_POUNDS,
        ErrorCode.WEIGHT_OUT_OF_RANGE,
    }
)


def made(seed: int, phase: Phase, count: int) -> list[Slipped]:
    return slips(seed, TRUE_G[phase], (DRY_G,), count)


def somebody(store: Store, origin: str = "clinic") -> tuple[str, str, Moment]:
    """A patient with a dry weight, and a session of an hour ago without any weight."""
    now = Moment.now()
    at = Moment(now.utc_ms - 3_600_000, now.offset_min)
    new = NewPatient(new_id()[:8], "Sato Haruko", origin=origin, care_given=date(2026, 1, 5))
    patient_id = add_patient(store, new_id(), new).patient_id
    set_dry_weight(store, new_id(), patient_id, DRY_G, date(2026, 1, 1))
    return patient_id, open_session(store, new_id(), patient_id, at), at


def type_in(store: Store, session_id: str, phase: Phase, typed: str, at: Moment) -> None:
    enter_weighing(store, new_id(), session_id, phase, parse_weight_g(typed), 0, at)


def _type_dry_weight(store: Store, patient_id: str, typed: str) -> None:
    set_dry_weight(store, new_id(), patient_id, parse_weight_g(typed), date(2026, 2, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Profile(tmp_path / "profile")) as opened:
        yield opened


@pytest.mark.parametrize("phase", [Phase.PRE, Phase.POST])
def test_no_slip_passes_the_act_itself(store: Store, phase: Phase) -> None:
    """Whatever page, command or program asks for it."""
    _, session_id, at = somebody(store)
    met: Counter[Slip] = Counter()
    for slipped in made(1, phase, SLIPS // 2):
        with pytest.raises(ExpectedError) as caught:
            type_in(store, session_id, phase, slipped.typed, at)
        assert caught.value.code in _NOT_ASKED | {ErrorCode.WEIGHT_DOUBTFUL}
        assert (caught.value.code in _NOT_ASKED) == (slipped.read_g is None)
        met[slipped.slip] += 1
    assert session_pair(store, session_id).weighings == ()
    assert set(met) == set(Slip)
    enter_weighing(store, new_id(), session_id, phase, TRUE_G[phase], 0, at)


def test_the_named_slips_are_refused_or_asked(store: Store) -> None:
    _, session_id, at = somebody(store)
    slipped = ("154.3", "7.00", "700", "7,0", "７００", "15４．３", "154.3 lb", "70.0.0", "x")
    for typed in slipped:
        with pytest.raises(ExpectedError):
            type_in(store, session_id, Phase.PRE, typed, at)
    for typed in ("70.0", "70,0", "７０．０", "７０，０ｋｇ", "70。0"):
        assert parse_weight_g(typed) == 70_000


def test_after_dialysis_more_than_before_is_asked(store: Store) -> None:
    _, session_id, at = somebody(store)
    enter_weighing(store, new_id(), session_id, Phase.PRE, 70_500, 0, at)
    with pytest.raises(ExpectedError) as caught:
        enter_weighing(store, new_id(), session_id, Phase.POST, 70_600, 0, at)
    assert caught.value.code is ErrorCode.WEIGHT_DOUBTFUL
    enter_weighing(store, new_id(), session_id, Phase.POST, 70_600, 0, at, "ate a lot")
    reasons = [w.reason for w in session_pair(store, session_id).weighings]
    assert sorted(reasons) == ["", "ate a lot"]


def test_a_wheelchair_that_was_forgotten_is_asked(store: Store) -> None:
    _, session_id, at = somebody(store)
    with pytest.raises(ExpectedError) as caught:
        enter_weighing(store, new_id(), session_id, Phase.PRE, 72_400 + 14_000, 0, at)
    assert caught.value.code is ErrorCode.WEIGHT_DOUBTFUL
    enter_weighing(store, new_id(), session_id, Phase.PRE, 72_400 + 14_000, 14_000, at)


def test_no_slip_becomes_a_dry_weight(store: Store) -> None:
    patient_id, _, _ = somebody(store)
    for slipped in slips(2, 70_500, (DRY_G,), SLIPS // 4):
        with pytest.raises(ExpectedError):
            _type_dry_weight(store, patient_id, slipped.typed)


def test_who_corrects_whose_weight(store: Store) -> None:
    """A nurse her own, a clinician any; what is refused is on record."""
    _, session_id, at = somebody(store)
    nurse = store.by(Actor("n1", frozenset({Role.NURSE})))
    other = store.by(Actor("n2", frozenset({Role.NURSE})))
    doctor = store.by(Actor("c1", frozenset({Role.CLINICIAN})))
    enter_weighing(nurse, new_id(), session_id, Phase.PRE, 72_400, 0, at)
    with pytest.raises(ExpectedError) as caught:
        enter_weighing(other, new_id(), session_id, Phase.PRE, 72_000, 0, at, "misread")
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    enter_weighing(nurse, new_id(), session_id, Phase.PRE, 72_100, 0, at, "misread")
    enter_weighing(doctor, new_id(), session_id, Phase.PRE, 72_200, 0, at, "seen again")
    kept = [(w.net_g, w.actor) for w in session_pair(store, session_id).weighings]
    assert kept == [(72_400, "n1"), (72_100, "n1"), (72_200, "c1")]
    with store.reading() as db:
        refused = list(db.query("select actor from audit where kind = 'refused'"))
    assert [row["actor"] for row in refused] == ["n2"]


@pytest.fixture
def desk(profile: Profile, model: ModelInUse, worker: MadeUpWorker) -> Desk:
    def open_clinic(where: object) -> Clinic:
        return Clinic(where, model=model, worker=worker)  # type: ignore[arg-type]

    return open_desk(profile, window=True, open_clinic=open_clinic)


@pytest.fixture
def entry(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[WeightEntry, DeskJobs]]:
    """The one form for weights: of the dialog and of the capture page."""
    jobs = DeskJobs(desk)
    form = WeightEntry(jobs, Theme(qapp, resources_dir(), "light"))
    qtbot.addWidget(form)
    yield form, jobs
    jobs.close()
    jobs.deleteLater()


def test_no_slip_passes_the_form(
    entry: tuple[WeightEntry, DeskJobs], desk: Desk, qtbot: QtBot
) -> None:
    form, jobs = entry
    _, session_id, at = desk._clinic.database.call(somebody)
    patient_id = desk._clinic.database.call(
        lambda store: session_pair(store, session_id).patient.patient_id
    )

    def settled() -> None:
        qtbot.waitUntil(lambda: jobs.waiting == 0, timeout=20_000)

    for slipped in made(3, Phase.PRE, rounds(150)):
        form.show_slot(patient_id, session_id, Phase.PRE)
        form.set_time(at)
        settled()
        form.weight_edit.setText(slipped.typed)
        form.save()
        settled()
        if slipped.read_g is None:
            assert form.weight.wrong.text()
        else:
            assert form.doubts.text.text()
            form.save()  # once more, without a reason
            settled()
            assert form.reason.wrong.text()
    kept = desk._clinic.database.call(lambda store: session_pair(store, session_id).weighings)
    assert kept == ()


def test_no_slip_passes_the_command_line(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    with open_store(profile) as store:
        _, session_id, _ = somebody(store, origin="demo")
        number = session_pair(store, session_id).patient.chart_number
    for slipped in made(4, Phase.PRE, rounds(60)):
        options = ("--patient", number, "--phase", "pre", "--camera", "synthetic:7")
        weight = ("--weight", slipped.typed, "--profile", str(profile.root))
        done = CliRunner().invoke(main, ["capture", *options, *weight])
        assert done.exit_code == 1, done.output
        asked = "does not fit what is known" in done.output
        assert asked == (slipped.read_g is not None)
    with open_store(profile) as store:
        assert session_pair(store, session_id).weighings == ()
        assert (counts(store).sessions, counts(store).captures) == (1, 0)


def test_an_import_takes_slips_and_lists_every_one(clinic: Clinic, tmp_path: Path) -> None:
    """Of a study that was closed years ago nobody can be asked: each is told by its line."""
    (tmp_path / "clips").mkdir()
    made_up = made(5, Phase.PRE, rounds(100))
    with (tmp_path / "study.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["patient_id", "date", "phase", "weight_kg", "dry_weight_kg", "clip"])
        for number, slipped in enumerate(made_up):
            name = f"{number}.mp4"
            clip_file(tmp_path / "clips", name, g_kg=1.0)
            weight = slipped.typed
            out.writerow([f"P{number}", "2026-03-02", "pre", weight, "70.0", f"clips/{name}"])
    summary = import_study(clinic, tmp_path)
    listed = {one.line for one in summary.doubtful} | {one.line for one in summary.refused}
    assert listed == set(range(2, len(made_up) + 2))
