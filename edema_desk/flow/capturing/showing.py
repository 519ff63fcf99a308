"""What the page is shown beside the guide's own state: light, the question who it is, troubles."""

import time
from collections import deque

from edema_desk.domain.capture.camera import CameraReport
from edema_desk.domain.capture.guidance import GuideState, view
from edema_desk.domain.capture.light import EarlierLight, LightMatch, average_light, compare_light
from edema_desk.domain.capture.sight import LightReading, Sight
from edema_desk.domain.capture.view import CaptureView, Stage, Trouble
from edema_desk.domain.terms.identity import Verdict
from edema_desk.flow.capturing.taking import Taking

_COMPARE_GAP_S = 0.5
_READINGS = 12
_TOLD_S = 5.0
"""How long lost frames are told of."""


class Shown:
    """Gathers what is noticed and makes a `CaptureView` of it. For one thread."""

    def __init__(self, *, made_up: bool) -> None:
        self._made_up = made_up
        self._earlier: tuple[EarlierLight, ...] = ()
        self._readings: deque[LightReading] = deque(maxlen=_READINGS)
        self._match = LightMatch()
        self._compared_s = 0.0
        self._verdict: Verdict | None = None
        self._dropped = 0
        self._dropped_s: float | None = None
        self.confirmed = False
        """Somebody was asked who this is, and said the patient."""
        self.ended_by: Trouble | None = None
        self.low_on_room = False
        self.worker_lost = False
        self.take: Taking | None = None

    def compare_with(self, earlier: tuple[EarlierLight, ...]) -> None:
        """The light of the patient's earlier captures."""
        self._earlier = earlier

    def note(self, sight: Sight, report: CameraReport | None) -> None:
        """Something was seen."""
        if sight.likeness is not None:
            self._verdict = sight.likeness.verdict
        if sight.light is not None:
            self._readings.append(sight.light)
        now_s = time.monotonic()
        if self.take is None and now_s - self._compared_s >= _COMPARE_GAP_S:
            self._compared_s = now_s
            self._match = compare_light(average_light(self._readings), report, self._earlier)

    def view(self, guide: GuideState, stage: Stage | None, trouble: Trouble | None) -> CaptureView:
        """All the page needs; `stage` stands for what the guide does not know of."""
        return view(
            guide,
            stage=stage,
            same_light=self._match.same_light,
            light_note=self._match.note,
            question=self._question(),
            trouble=self.ended_by or trouble or self._lesser_trouble(),
            made_up=self._made_up,
        )

    def _question(self) -> Verdict | None:
        asked = self._verdict is not None and self._verdict is not Verdict.SAME
        return self._verdict if asked and not self.confirmed else None

    def _lesser_trouble(self) -> Trouble | None:
        """What should be known, although all goes on."""
        now_s = time.monotonic()
        if self.take is not None and self.take.writer.dropped > self._dropped:
            self._dropped, self._dropped_s = self.take.writer.dropped, now_s
        if self._dropped_s is not None and now_s - self._dropped_s < _TOLD_S:
            return Trouble.FRAMES_LOST
        if self.worker_lost:
            return Trouble.WORKER_GONE
        return Trouble.DISK_LOW if self.low_on_room else None
