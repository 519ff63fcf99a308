"""After a switch: new estimates by the new model, old ones as they were, again only when asked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.models.view import ModelComparison
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, Strangeness
from edema_desk.domain.terms.records import Phase, StoredEstimate, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse, model_at
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.estimates.reestimating import reestimate
from edema_desk.flow.models.changes import install_model
from edema_desk.flow.models.comparison import compared
from edema_desk.flow.models.watch import models_watch
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.analyses import estimate_in_force
from edema_desk.store.models.models import note_model_saw
from edema_desk.store.models.use import use_model
from edema_desk.worker.protocol.contents import Embedding
from tests.flow.made_up_worker import MadeUpWorker, clip_file
from tests.flow.models.made_up_packages import no_check, package

WAIT_S = 20.0
DAYS = (2, 4, 6)
SEEN_BY_OLD = (4.0, 4.5, 5.0)
SEEN_BY_NEW = (1.0, 2.5, 3.0)
EXCESS_KG = 2.0


class EmbeddingWorker(MadeUpWorker):
    """Says of stored crops what the new model would, in the order in which it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.before_each: Callable[[], None] = lambda: None
        self.checks: list[RangeCheck] = []

    def check(self, model_dir: Path) -> float:
        return no_check(model_dir)

    def check_range(
        self,
        seen: Faces,
        references: Faces,
        model_dir: Path,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RangeCheck:
        if self.checks:
            return self.checks.pop(0)
        return super().check_range(seen, references, model_dir, cancelled)

    def embed(
        self, crops: object, model_dir: Path, cancelled: Callable[[], bool] = lambda: False
    ) -> Embedding:
        del crops
        self.before_each()
        if cancelled():
            raise ExpectedError(ErrorCode.CANCELLED)
        g_kg = SEEN_BY_NEW[len(self.asked) % len(DAYS)]
        self.asked.append(model_dir.name)
        score = ChangeScore(g_kg, 0.1, 10)
        return Embedding(np.ones(512, np.float16), score, model_at(model_dir).model_id)


@pytest.fixture
def embedding_worker() -> EmbeddingWorker:
    return EmbeddingWorker()


@pytest.fixture
def desk(
    profile: Profile, model: ModelInUse, embedding_worker: EmbeddingWorker, tmp_path: Path
) -> Iterator[Desk]:
    """Three pre captures of one patient, seen by the old model."""
    opened = open_desk(
        profile,
        window=True,
        open_clinic=lambda p: Clinic(p, model=model, worker=embedding_worker),
    )
    new = NewPatient("1", "A", care_given=date(2026, 1, 5))
    patient_id = opened.add_patient(new_id(), new).result(WAIT_S).patient_id
    opened.set_dry_weight(new_id(), patient_id, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    for day, g_kg in zip(DAYS, SEEN_BY_OLD, strict=True):
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        session = opened.open_session(new_id(), patient_id, at, 4.0).result(WAIT_S)
        opened.enter_weight(new_id(), session, Phase.PRE, 52_000, 0, at).result(WAIT_S)
        clip = clip_file(tmp_path, f"{day}.mp4", g_kg=g_kg)
        opened.add_clip(
            new_id(), clip, patient_id, session, Phase.PRE, at, unheard, Cancel()
        ).result(WAIT_S)
    yield opened
    opened.close()


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> str:
    """Another model, installed and in use."""
    desk.models.install(package(tmp_path / "other")[0]).result(WAIT_S)
    return desk.models.activate(new_id(), "other").result(WAIT_S).model_id


def estimates(desk: Desk) -> list[StoredEstimate]:
    """Of each capture the one in force, oldest capture first."""
    with open_store(desk.profile) as store, store.reading() as db:
        ids = [r["capture_id"] for r in db.query("select capture_id from capture_now order by seq")]
    with open_store(desk.profile) as store:
        found = [estimate_in_force(store, capture_id) for capture_id in ids]
    return [one for one in found if one is not None]


def counted(desk: Desk) -> int:
    with open_store(desk.profile) as store, store.reading() as db:
        return int(db.execute("select count(*) from estimate").fetchone()[0])


def test_a_switch_changes_no_past_estimate(desk: Desk, model: ModelInUse, tmp_path: Path) -> None:
    before = estimates(desk)
    desk.models.install(package(tmp_path / "other")[0]).result(WAIT_S)
    desk.models.activate(new_id(), "other").result(WAIT_S)
    assert estimates(desk) == before
    assert {one.model_id for one in before} == {model.model_id}
    assert all(one.program_version for one in before)


def test_new_captures_are_estimated_by_the_new_model(
    desk: Desk, other: str, tmp_path: Path
) -> None:
    at = Moment.at_clinic(date(2026, 3, 9), 9, 0)
    patient_id = desk.worklist(date(2026, 3, 6)).result(WAIT_S)[0].patient.patient_id
    clip = clip_file(tmp_path, "9.mp4", g_kg=4.2)
    desk.add_clip(new_id(), clip, patient_id, None, Phase.PRE, at, unheard, Cancel()).result(WAIT_S)
    newest = estimates(desk)[-1]
    assert newest.model_id == other
    assert newest.refusal is Refusal.NO_REFERENCE  # scores of another model are no references


def test_estimating_again_adds_and_keeps(desk: Desk, other: str) -> None:
    before, count = estimates(desk), counted(desk)
    told: list[Progress] = []
    done = desk.models.reestimate(told.append, Cancel()).result(WAIT_S)
    assert (done.captures, done.without_crops) == (3, 0)
    after = estimates(desk)
    assert [one.model_id for one in after] == [other] * 3
    assert [one.refusal for one in after] == [Refusal.NO_REFERENCE, None, None]
    assert after[1].excess_kg == pytest.approx(EXCESS_KG + SEEN_BY_NEW[1] - SEEN_BY_NEW[0])
    assert after[1].references == (after[0].capture_id,)
    assert counted(desk) == count + 3
    with open_store(desk.profile) as store, store.reading() as db:
        kept = {r["estimate_id"] for r in db.query("select estimate_id from estimate")}
    assert {one.estimate_id for one in before} <= kept
    assert [p.done for p in told] == [1, 2, 3]
    again = desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    assert (again.captures, counted(desk)) == (0, count + 3)


def test_stopped_it_goes_on_where_it_was(
    desk: Desk, other: str, embedding_worker: EmbeddingWorker
) -> None:
    cancel = Cancel()

    def stop(progress: Progress) -> None:
        if progress.done == 2:
            cancel.set()

    with pytest.raises(ExpectedError) as caught:
        desk.models.reestimate(stop, cancel).result(WAIT_S)
    assert caught.value.code is ErrorCode.CANCELLED
    assert [one.model_id == other for one in estimates(desk)] == [True, True, False]
    assert desk.models.reestimate(unheard, Cancel()).result(WAIT_S).captures == 1
    assert len(embedding_worker.asked) == 3


def test_back_again_the_old_scores_are_still_there(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker
) -> None:
    del other
    numbers = [one.excess_kg for one in estimates(desk)]
    desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    with open_store(desk.profile) as store:
        use_model(store, new_id(), model.model_id, shipped=False)
    asked = len(embedding_worker.asked)
    with Clinic(desk.profile, model=model, worker=MadeUpWorker()) as clinic:
        assert reestimate(clinic, clinic.library).captures == 3
    assert [one.excess_kg for one in estimates(desk)] == numbers
    assert len(embedding_worker.asked) == asked


def test_comparing_writes_nothing(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker, tmp_path: Path
) -> None:
    desk.models.install(package(tmp_path / "third", b"third")[0]).result(WAIT_S)
    count = counted(desk)
    told: ModelComparison = desk.models.compare("other", "third", unheard, Cancel()).result(WAIT_S)
    assert told.first == other
    assert (told.patients, told.captures) == (1, 3)
    assert told.first_figures.mae_kg == told.second_figures.mae_kg
    assert np.isnan(told.differences["mae_kg"]).all(), "of one patient alone nothing is sure"
    assert told.learned_from == 0
    assert embedding_worker.asked == [other] * 3 + [told.second] * 3
    assert counted(desk) == count
    with open_store(desk.profile) as store, store.reading() as db:
        assert db.execute("select count(*) from change_score").fetchone()[0] == 3
    del model


def test_whom_a_model_learned_from_does_not_say_how_good_it_is(
    desk: Desk, other: str, tmp_path: Path
) -> None:
    desk.models.install(package(tmp_path / "third", b"third")[0]).result(WAIT_S)
    (known,) = {row.patient.patient_id for row in desk.worklist(date(2026, 3, 6)).result(WAIT_S)}
    with open_store(desk.profile) as store:
        note_model_saw(store, new_id(), other, [known])
    asked = desk.models.compare("other", "third", unheard, Cancel())
    with pytest.raises(ExpectedError) as caught:
        asked.result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_KNOWS_EVERYBODY
    new = NewPatient("2", "B", care_given=date(2026, 1, 5))
    second = desk.add_patient(new_id(), new).result(WAIT_S).patient_id
    desk.set_dry_weight(new_id(), second, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    for day in DAYS:
        at = Moment.at_clinic(date(2026, 3, day), 10, 0)
        session = desk.open_session(new_id(), second, at, 4.0).result(WAIT_S)
        desk.enter_weight(new_id(), session, Phase.PRE, 52_000, 0, at).result(WAIT_S)
        clip = clip_file(tmp_path, f"b{day}.mp4", g_kg=4.0 + day)
        desk.add_clip(new_id(), clip, second, session, Phase.PRE, at, unheard, Cancel()).result(
            WAIT_S
        )
    told = desk.models.compare("other", "third", unheard, Cancel()).result(WAIT_S)
    assert (told.learned_from, told.patients) == (1, 1)
    assert {one.patient_id for one in told.by_patient} == {second}


def test_another_programs_switch_is_followed(desk: Desk, other: str, tmp_path: Path) -> None:
    with Clinic(desk.profile, worker=EmbeddingWorker()) as elsewhere:
        folder, card = package(tmp_path / "third", b"third")
        install_model(elsewhere.database, desk.profile, folder, no_check)

        def switch(store: Store) -> None:
            use_model(store, new_id(), card.model_id, shipped=False)

        elsewhere.database.call(switch)
    for _ in range(200):
        (now,) = [e.model_id for e in desk.models.entries().result(WAIT_S) if e.in_use]
        if desk._clinic.model.model_id == now == card.model_id:
            break
        time.sleep(0.05)
    assert desk._clinic.model.model_id == card.model_id


def captures(errors_kg: list[float], people: int) -> list[ScoredCapture]:
    """Three days each; `errors_kg` are what the model errs by, in turn."""
    rows: list[ScoredCapture] = []
    for person in range(people):
        for day in range(3):
            for phase, excess_kg in ((Phase.PRE, 2.0 + 0.2 * day), (Phase.POST, 0.1 * day)):
                error = errors_kg[len(rows) % len(errors_kg)]
                rows.append(
                    ScoredCapture(
                        f"{person}-{day}-{phase}",
                        str(person),
                        date(2026, 3, 2 + day),
                        phase,
                        excess_kg,
                        ChangeScore(excess_kg + error, 0.1, 10),
                        None,
                    )
                )
    return rows


def test_the_better_of_two_is_told_and_by_how_much(model: ModelInUse) -> None:
    good = captures([0.0], 8)
    bad = captures([0.7, -0.7, 0.5], 8)
    told = compared(model, good, model, bad)
    assert told.first_figures.mae_kg < 0.01 < told.second_figures.mae_kg
    low, high = told.differences["mae_kg"]
    assert 0 < low <= told.second_figures.mae_kg - told.first_figures.mae_kg <= high + 1e-9
    back = compared(model, bad, model, good).differences["mae_kg"]
    assert back == pytest.approx((-high, -low))


def test_captures_only_one_could_estimate_count_for_neither(model: ModelInUse) -> None:
    good = captures([0.0], 4)
    gaps = [replace(c, score=None) if c.patient_id == "3" else c for c in captures([9.0, 0], 4)]
    told = compared(model, good, model, gaps)
    assert (told.patients, told.captures) == (3, 18)
    nothing = [replace(c, score=None) for c in good]
    with pytest.raises(ExpectedError) as caught:
        compared(model, good, model, nothing)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_whom_the_new_model_finds_out_of_range_gets_a_reason_and_is_no_reference_to_it(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker
) -> None:
    numbers = [one.excess_kg for one in estimates(desk)]
    strange = RangeCheck(None, Strangeness(9.0, None))
    embedding_worker.checks = [RangeCheck(None, None), strange, RangeCheck(None, None)]
    desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    first, second, third = estimates(desk)
    assert {one.model_id for one in (first, second, third)} == {other}
    assert second.refusal is Refusal.UNLIKE_TRAINING
    assert third.references == (first.capture_id,)
    assert desk.models.reestimate(unheard, Cancel()).result(WAIT_S).captures == 0
    with open_store(desk.profile) as store:
        use_model(store, new_id(), model.model_id, shipped=False)
    with Clinic(desk.profile, model=model, worker=MadeUpWorker()) as clinic:
        reestimate(clinic, clinic.library)
    assert [one.excess_kg for one in estimates(desk)] == numbers, "nothing is lost to the old one"


def test_a_weight_that_comes_late_renews_on_a_thread_that_may_ask_the_worker(
    desk: Desk, tmp_path: Path
) -> None:
    patient_id = (
        desk.add_patient(new_id(), NewPatient("2", "B", care_given=date(2026, 1, 5)))
        .result(WAIT_S)
        .patient_id
    )
    desk.set_dry_weight(new_id(), patient_id, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    sessions = []
    for day, g_kg in ((2, 4.0), (4, 4.5)):
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        sessions.append(desk.open_session(new_id(), patient_id, at, 4.0).result(WAIT_S))
        clip = clip_file(tmp_path, f"late-{day}.mp4", g_kg=g_kg)
        desk.add_clip(
            new_id(), clip, patient_id, sessions[-1], Phase.PRE, at, unheard, Cancel()
        ).result(WAIT_S)
    heard: list[Change] = []
    desk.listen(heard.append)
    at = Moment.at_clinic(date(2026, 3, 2), 9, 0)
    desk.enter_weight(new_id(), sessions[0], Phase.PRE, 52_000, 0, at).result(WAIT_S)
    until = time.monotonic() + WAIT_S
    while Change(ChangeKind.PATIENT, patient_id) not in heard and time.monotonic() < until:
        time.sleep(0.01)
    assert estimates(desk)[-1].excess_kg == pytest.approx(2.5)


def test_how_much_nearer_the_second_is_and_to_whom(model: ModelInUse) -> None:
    """Counted by hand: the second errs by nothing, the first by 0.6 kg at one of three persons."""
    second = captures([0.0], 3)
    off = [
        replace(c, score=ChangeScore(c.excess_kg + 0.6 * (i % 2), 0.1, 10))
        for i, c in enumerate(second)
    ]
    first = [b if b.patient_id == "1" else a for a, b in zip(second, off, strict=True)]
    told = compared(model, first, model, second)
    nearer = [row for row in told.by_patient if row.gain_kg > 1e-9]
    assert [row.patient_id for row in nearer] == ["1"] == [told.by_patient[0].patient_id]
    assert sum(row.captures for row in told.by_patient) == told.captures == 18
    assert told.second_nearer == pytest.approx(6 / 18)
    weighted = sum(row.gain_kg * row.captures for row in told.by_patient) / told.captures
    assert told.gain_kg == pytest.approx(weighted)
    low, high = told.gain_interval_kg
    assert low <= told.gain_kg <= high
    assert told.first_mae_kg[0] <= told.first_figures.mae_kg <= told.first_mae_kg[1]
    assert told.second_mae_kg[0] <= told.second_figures.mae_kg <= told.second_mae_kg[1]


def test_signers_are_trusted_by_their_key_file_and_no_more(
    desk: Desk, model: ModelInUse, tmp_path: Path
) -> None:
    key = Ed25519PrivateKey.generate().public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "maker.pem").write_bytes(pem)
    (tmp_path / "letter.pem").write_text("no key")
    assert desk.models.signers().result(WAIT_S) == ()
    with pytest.raises(ExpectedError) as caught:
        desk.models.trust(new_id(), tmp_path / "letter.pem").result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_KEY_INVALID
    key_id = desk.models.trust(new_id(), tmp_path / "maker.pem").result(WAIT_S)
    assert desk.models.signers().result(WAIT_S) == (key_id,)
    with pytest.raises(ExpectedError) as caught:
        desk.models.install(package(tmp_path / "other")[0]).result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_UNSIGNED
    desk.models.distrust(new_id(), key_id).result(WAIT_S)
    installed = desk.models.install(tmp_path / "other").result(WAIT_S)
    desk.models.activate(new_id(), installed.model_id).result(WAIT_S)
    assert [use.model_id for use in desk.models.uses().result(WAIT_S)] == [installed.model_id]
    del model


def test_how_estimates_stand_is_told_of_everybody(desk: Desk, model: ModelInUse) -> None:
    told = models_watch(desk.agreement, unheard, Cancel()).result(WAIT_S)
    (one,) = told.models
    assert (one.days, one.estimates, one.refused) == (3, 2, 1)
    in_force = [e.excess_kg for e in estimates(desk) if e.excess_kg is not None]
    off = [abs(kg - EXCESS_KG) for kg in in_force]
    assert one.mae_kg == pytest.approx(sum(off) / len(off))
    assert told.drifted == ()
    assert told.clinic.sessions == 2
    del model
