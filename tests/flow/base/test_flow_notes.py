"""The desk keeps figures back until a clinician judged, and asks where a model looked."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edema_desk.domain.course.agreement_view import AgreementChoice
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.course.veil import veiled_entries
from edema_desk.domain.course.views import Change, ChangeKind, SessionPair
from edema_desk.domain.inbox.filing import InboxEntry, InboxItem, InboxState
from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.reporting import AgreementPage, ReportKind, ReportWish
from edema_desk.domain.terms.judgement import Confidence, NewJudgement
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.estimates.attributing import AttributionDesk
from edema_desk.paths import Profile
from edema_desk.worker.protocol.contents import KgMap
from tests.flow.estimates.test_flow_intake import Course
from tests.flow.made_up_worker import JPEG, MadeUpWorker

WAIT_S = 20.0
REFUSED = ErrorCode.LEAVES_JUDGE_FIRST
NURSE = Actor("nurse-1", frozenset({Role.NURSE}))
CLINICIAN = Actor("clinician-1", frozenset({Role.CLINICIAN}))


class LookingWorker(MadeUpWorker):
    """Says where it looked: a map that tells how many crops it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Sequence[bytes], Sequence[bytes], Path]] = []
        self.fails: list[ErrorCode] = []
        self.waits = threading.Event()
        self.waits.set()

    def attribute_change(
        self,
        before: Sequence[bytes],
        after: Sequence[bytes],
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> KgMap:
        self.asked.append((before, after, model_dir))
        while not self.waits.wait(0.01):
            if cancelled():
                raise ExpectedError(ErrorCode.CANCELLED)
        if self.fails:
            raise ExpectedError(self.fails.pop())
        return np.full((256, 256), len(before) - len(after) + 0.5, np.float32)


class Judged:
    """A desk over one patient with three sessions; only later ones have numbers."""

    def __init__(self, desk: Desk, worker: LookingWorker, clinic: Clinic, folder: Path) -> None:
        self.desk, self.worker = desk, worker
        self.course = Course(clinic, folder)
        self.sessions = []
        for day, excess in ((2, 2.0), (4, 2.5), (6, 1.5)):
            session_id = self.course.session(day)
            self.sessions.append(session_id)
            for phase, kg in ((Phase.PRE, excess), (Phase.POST, 0.1)):
                self.course.weigh(session_id, day, phase, kg)
                self.course.clip(session_id, day, phase, kg + 3.0)

    def pair(self, number: int = 2) -> SessionPair:
        return self.desk.session_pair(self.sessions[number]).result(WAIT_S)

    def hide_all(self) -> None:
        self.desk.notes.judge_first(self.desk.person.actor_id, 0)

    def judge(self) -> Any:
        pair = self.pair()
        said = [
            NewJudgement(d.capture.capture_id, True, Confidence.LOW)
            for d in (pair.pre, pair.post)
            if d is not None
        ]
        return self.desk.notes.judge(new_id(), said).result(WAIT_S)


@pytest.fixture
def judged(profile: Profile, model: ModelInUse, tmp_path: Path) -> Iterator[Judged]:
    profile.create()
    worker, made = LookingWorker(), []

    def clinic(where: Any) -> Clinic:
        made.append(Clinic(where, model=model, worker=worker))
        return made[0]

    desk = open_desk(profile, window=True, open_clinic=clinic)
    yield Judged(desk, worker, made[0], tmp_path)
    desk.close()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("attribution")]


def code_of(future: Future[Any]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        future.result(WAIT_S)
    return caught.value.code


# judging before the figures are shown


def test_figures_are_kept_back_on_every_page_until_judged(judged: Judged) -> None:
    whole = judged.pair()
    assert whole.entry.pre is not None
    assert whole.entry.pre.estimate is not None
    judged.hide_all()
    pair = judged.pair()
    assert (pair.veiled, pair.untold, pair.weighings) == (True, True, ())
    assert pair.pre is not None
    assert pair.pre.estimates == ()
    card = judged.desk.patient_card(judged.course.patient_id).result(WAIT_S)
    hidden = [s.pre.veiled for s in card.trend.sessions if s.pre is not None]
    assert hidden == [False, True, True]  # the first never had a number
    (row,) = judged.desk.worklist(date(2026, 3, 6)).result(WAIT_S)
    entry = row.entry(Phase.PRE)
    assert entry is not None
    assert (entry.estimate, entry.scale_excess_kg) == (None, None)
    made = judged.judge()
    assert [j.blind for j in made] == [True, True]
    shown = judged.pair()
    assert not shown.veiled
    assert shown.entry == whole.entry
    assert shown.judgements == made
    assert judged.desk.notes.judgements_of(judged.course.patient_id).result(WAIT_S) == made


def test_only_who_wishes_it_and_may_judge_is_kept_from_them(judged: Judged) -> None:
    judged.desk.notes.judge_first("somebody else", 0)
    assert not judged.pair().veiled
    judged.desk.sitting.take(NURSE)
    judged.hide_all()
    assert not judged.pair().veiled
    judged.desk.sitting.take(CLINICIAN)
    assert not judged.pair().veiled
    judged.hide_all()
    assert judged.pair().veiled
    judged.desk.notes.judge_first(CLINICIAN.actor_id, None)
    assert not judged.pair().veiled


def test_an_older_session_is_judged_first_too_but_not_blind(judged: Judged) -> None:
    judged.desk.notes.judge_first(judged.desk.person.actor_id, Moment.now().utc_ms)
    pair = judged.pair()
    assert (pair.veiled, pair.untold) == (True, False)
    assert [j.blind for j in judged.judge()] == [False, False]
    assert not judged.pair().veiled


def test_notes_and_judgements_are_told_to_the_pages(judged: Judged) -> None:
    heard: list[Change] = []
    judged.desk.listen(heard.append)
    course, session_id = judged.course, judged.sessions[2]
    notes = judged.desk.notes
    first = notes.add_note("n1", course.patient_id, session_id, "salt").result(WAIT_S)
    notes.correct_note(new_id(), first.note_id, "less salt", "misheard").result(WAIT_S)
    judged.judge()
    mine = [c for c in heard if c.kind is ChangeKind.SESSION and c.session_id == session_id]
    assert len(mine) == 3
    texts = [n.text for n in judged.pair().notes]
    assert texts == ["salt", "less salt"]
    assert [n.text for n in notes.notes_of(course.patient_id).result(WAIT_S)] == texts


# where the model looked


def ask(judged: Judged, number: int = 2, cancel: Cancel | None = None) -> Future[Any]:
    desk, session_id = judged.desk, judged.sessions[number]
    return desk.attribution.of_session(session_id, unheard, cancel or Cancel())


def test_the_worker_is_asked_with_both_clips_and_the_model_that_estimated(
    judged: Judged, model: ModelInUse
) -> None:
    found = ask(judged).result(WAIT_S)
    assert (found.model_id, found.model_name) == (model.model_id, "made-up")
    assert found.kg.shape == (256, 256)
    ((before, after, folder),) = judged.worker.asked
    assert (before, after, folder) == ((JPEG,) * 10, (JPEG,) * 10, model.folder)


def test_without_both_numbers_or_before_judging_it_is_not_asked(judged: Judged) -> None:
    assert code_of(ask(judged, 0)) is ErrorCode.ATTRIBUTION_NO_ESTIMATE
    judged.hide_all()
    assert code_of(ask(judged)) is ErrorCode.JUDGE_FIRST
    assert judged.worker.asked == []
    judged.judge()
    assert ask(judged).result(WAIT_S).model_name == "made-up"


def test_a_worker_that_died_is_said_and_asked_again(judged: Judged) -> None:
    judged.worker.fails = [ErrorCode.WORKER_FAILED]
    assert code_of(ask(judged)) is ErrorCode.WORKER_FAILED
    assert ask(judged).result(WAIT_S).kg.shape == (256, 256)


def test_it_is_stopped_while_the_worker_works_and_while_a_capture_runs(judged: Judged) -> None:
    judged.worker.waits.clear()
    cancel = Cancel()
    asked = ask(judged, cancel=cancel)
    cancel.set()
    assert code_of(asked) is ErrorCode.CANCELLED
    gate = judged.desk.captures.gate
    gate.shut()
    cancel = Cancel()
    before = len(judged.worker.asked)
    asked = ask(judged, cancel=cancel)
    cancel.set()
    assert code_of(asked) is ErrorCode.CANCELLED
    assert len(judged.worker.asked) == before
    gate.open()


def test_closing_gives_up_what_waits(clinic: Clinic) -> None:
    gate = Gate()
    gate.shut()
    desk = AttributionDesk(clinic, gate)
    asked = desk.of_session("nobody", unheard, Cancel())
    desk.close()
    assert asked.done()


def test_agreement_leaves_out_what_is_to_be_judged_first(judged: Judged) -> None:
    ask = judged.desk.agreement
    whole = ask.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S)
    drift = ask.clinic_drift(unheard, Cancel()).result(WAIT_S)
    assert (whole.kept_back, whole.captures, drift.sessions) == (False, 4, 2)
    judged.hide_all()
    view = ask.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S)
    course = ask.course(unheard, Cancel()).result(WAIT_S)
    assert (view.kept_back, view.captures) == (True, 0)
    assert np.isnan(course.rows.estimate_kg).all()
    assert ask.clinic_drift(unheard, Cancel()).result(WAIT_S).sessions == 0
    wish = ReportWish(ReportKind.AGREEMENT, date(2026, 3, 6))
    (page,) = judged.desk.reports.pages(wish, unheard, Cancel()).result(WAIT_S)
    assert isinstance(page, AgreementPage)
    assert (page.view.captures, page.view.kept_back) == (0, True)
    judged.judge()  # of the last session only
    view = ask.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S)
    assert (view.kept_back, view.captures) == (True, 2)
    judged.desk.notes.judge_first(judged.desk.person.actor_id, None)
    assert ask.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S).captures == 4


def test_no_page_and_no_file_tells_what_is_to_be_judged_first(judged: Judged) -> None:
    desk, whom = judged.desk, (judged.course.patient_id,)
    judged.hide_all()
    day, told = date(2026, 3, 6), Period(last=date(2026, 3, 3))
    wishes = [ReportWish(kind, day, whom) for kind in (ReportKind.PATIENT, ReportKind.SHEET)]
    for wish in wishes:
        assert code_of(desk.reports.pages(wish, unheard, Cancel())) is REFUSED
    (page,) = desk.reports.pages(replace(wishes[0], period=told), unheard, Cancel()).result(WAIT_S)
    assert page.view.captures == 0
    for kind in (ExportKind.TABLES, ExportKind.FHIR):
        export = ExportWish(kind, whom, named=True)
        assert code_of(desk.exports.preview(export, unheard, Cancel())) is REFUSED
        out = judged.course.folder / "out"
        assert code_of(desk.exports.export(new_id(), export, out, unheard, Cancel())) is REFUSED
        assert not out.exists()
        earlier = replace(export, period=told)
        assert desk.exports.preview(earlier, unheard, Cancel()).result(WAIT_S).patients == 1
    desk.notes.judge_first(desk.person.actor_id, None)
    assert desk.reports.pages(wishes[0], unheard, Cancel()).result(WAIT_S)


def test_the_inbox_tells_no_estimate_that_is_to_be_judged_first(judged: Judged) -> None:
    item = InboxItem("i", "/x", "a.mp4", 1, 1, InboxState.TAKEN_IN, Moment.now())
    (patient,) = judged.desk.agreement.course(unheard, Cancel()).result(WAIT_S).patients
    said = [
        InboxEntry(item, one, date(2026, 3, day), excess_kg=1.5)
        for one, day in ((patient, 6), (patient, 2), (None, 6))
    ]
    judged.hide_all()
    store_door = judged.course.clinic.database
    untold = store_door.call(judged.desk.notes.untold)
    assert [one.excess_kg for one in veiled_entries(said, untold)] == [None, 1.5, 1.5]
    judged.judge()
    untold = store_door.call(judged.desk.notes.untold)
    assert veiled_entries(said, untold) == tuple(said)
