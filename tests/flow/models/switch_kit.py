"""A desk over one patient whom the old model saw, and another model to switch to."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.estimate import ChangeScore
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck
from edema_desk.domain.terms.records import Phase, StoredEstimate, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse, model_at
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.captures.analyses import estimate_in_force
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
