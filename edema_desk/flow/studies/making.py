"""Make up a study; faces without marked points are found by the worker."""

from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.synthesis.sitting import FilmStyle
from edema_desk.synthesis.sources import PeopleSplit, list_people, split_people
from edema_desk.synthesis.study import MadeUpStudy, synthesise
from edema_desk.worker.client import WorkerClient


def make_study(
    out: Path,
    *,
    patients: int,
    days: int,
    seed: int,
    faces: Path | None = None,
    only: tuple[str, ...] = (),
    skip: tuple[str, ...] = (),
    split: PeopleSplit | None = None,
    style: FilmStyle | None = None,
    last_day: date | None = None,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> MadeUpStudy:
    """Write a made-up study to `out`; raises as `synthesise`. The same seed, the same bytes.

    `split` takes one part of the people of `faces`, as `split_people` says.
    With `last_day` the calendar ends there instead of starting on its fixed first day.
    """
    asked = cancel or Cancel()
    if split is not None and faces is not None:
        list_people(faces, only, skip)  # names of nobody are told before the split drops them
        named = split_people(faces, split)
        only = tuple(name for name in named if not only or name in only)
        if not only:  # which would mean everyone
            raise ExpectedError(ErrorCode.FACES_NONE, path=str(faces))
    watch = Stopwatch("synthesise", patients * days * 2, listener)

    def report(done: int, total: int) -> None:
        del total
        watch.report(done)

    with WorkerClient() as worker:

        def find_points(image: Image) -> NDArray[np.float64] | None:
            return worker.face_points(image)

        return synthesise(
            out,
            patients=patients,
            days=days,
            seed=seed,
            faces=faces,
            find_points=find_points,
            only=only,
            style=style,
            skip=skip,
            last_day=last_day,
            report=report,
            cancelled=lambda: asked.asked,
        )
