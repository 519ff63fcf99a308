"""Captures with their clips become a study folder, as `exchange.study_folder` reads it."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from edema_desk.domain.course.exporting import RESEARCH_USE, ExportedPatient
from edema_desk.domain.models.export_plan import ExportCount, LeftOut
from edema_desk.domain.models.study_plan import StudyCapture, study_plan
from edema_desk.domain.terms.records import CLINIC_ORIGIN, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.new_file import output_failure_told
from edema_desk.exchange.safe_csv import safe_cell
from edema_desk.exchange.study_folder import write_study_table
from edema_desk.exchange.study_row import StudyRow
from edema_desk.media.library import ClipLibrary
from edema_desk.media.plain_copy import copy_plain

CLIPS = "clips"
SPARE_BYTES = 64 * 1024**2
EXTRA_COLUMNS = ("captured_at", "whole", "origin", "use")
_GONE = frozenset({ErrorCode.CLIP_GONE, ErrorCode.CLIP_KEY_MISSING})
_DAMAGED = frozenset(
    {
        *(ErrorCode.SEALED_ALTERED, ErrorCode.CLIP_EMPTY, ErrorCode.NOT_A_VIDEO),
        *(ErrorCode.CONTAINER_REFUSED, ErrorCode.DISK_FAILED),
    }
)
"""What is wrong with one clip, and keeps no other from going out."""


@dataclass(slots=True)
class StudyParts:
    """What a study shall hold: captures with the length of their clips, and what it lacks."""

    captures: list[tuple[StudyCapture, int]] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    without_any: int = 0
    origin: str = CLINIC_ORIGIN

    @property
    def size_bytes(self) -> int:
        """Of all clips."""
        return sum(size for _, size in self.captures)


def study_parts(patients: Iterable[ExportedPatient], library: ClipLibrary) -> StudyParts:
    """Look through the courses, one after another."""
    parts, with_clip = StudyParts(), library.clips()
    for patient in patients:
        plan = study_plan(patient, with_clip)
        parts.left_out += plan.left_out
        parts.without_any += not plan.captures
        parts.origin = patient.patient.origin
        for capture in plan.captures:
            try:
                size = library.clip(capture.capture_id).path.stat().st_size
            except (ExpectedError, FileNotFoundError):  # dropped this moment
                parts.left_out[LeftOut.NO_CLIP] += 1
            else:
                parts.captures.append((capture, size))
    return parts


def counted_study(parts: StudyParts, not_agreed: int) -> ExportCount:
    """What of it would go out."""
    return _counted([capture for capture, _ in parts.captures], parts, not_agreed)


def check_room(folder: Path, parts: StudyParts) -> None:
    """Raise ExpectedError OUTPUT_NO_ROOM where the clips would not fit on the disk."""
    with output_failure_told(folder):
        free = shutil.disk_usage(folder).free
    if free < parts.size_bytes + SPARE_BYTES:
        raise ExpectedError(ErrorCode.OUTPUT_NO_ROOM, path=str(folder))


def write_study(
    folder: Path,
    parts: StudyParts,
    library: ClipLibrary,
    not_agreed: int,
    step: Callable[[int], None],
) -> tuple[ExportCount, tuple[str, ...]]:
    """Write clips and table; what went out, and the codes of whom. A clip that is gone by now or
    not whole is left out. `step(bytes)` is called after each piece and may raise to stop."""
    with output_failure_told(folder):
        (folder / CLIPS).mkdir()
    written: list[tuple[StudyCapture, Path]] = []
    for capture, _ in parts.captures:
        try:
            with output_failure_told(folder):
                source = library.clip(capture.capture_id)
                written.append((capture, copy_plain(source, folder / CLIPS, capture.stem, step)))
        except ExpectedError as error:
            if error.code not in _GONE | _DAMAGED:
                raise
            why = LeftOut.NO_CLIP if error.code in _GONE else LeftOut.DAMAGED
            parts.left_out[why] += 1
    rows = [_row(capture, clip, parts.origin) for capture, clip in written]
    write_study_table(folder, rows, EXTRA_COLUMNS)
    captures = [capture for capture, _ in written]
    codes = tuple(dict.fromkeys(capture.code for capture in captures))
    sizes = sum(clip.stat().st_size for _, clip in written)
    return replace(_counted(captures, parts, not_agreed), size_bytes=sizes), codes


def _row(capture: StudyCapture, clip: Path, origin: str) -> StudyRow:
    local = capture.at.local()
    return StudyRow(
        line=0,
        patient_id=capture.code,
        day=capture.day,
        phase=capture.phase,
        weight_g=capture.weight_g,
        dry_weight_g=capture.dry_weight_g,
        clip=clip,
        at=local.time().replace(second=0, microsecond=0, tzinfo=None) if capture.timed else None,
        extra={
            "captured_at": local.isoformat(timespec="seconds"),
            "whole": str(int(capture.whole)),
            "origin": safe_cell(origin),
            "use": RESEARCH_USE,
        },
    )


def _counted(captures: Sequence[StudyCapture], parts: StudyParts, not_agreed: int) -> ExportCount:
    return ExportCount(
        patients=len({capture.code for capture in captures}),
        sessions=len({(c.code, c.day) for c in captures if c.phase is not Phase.SPOT}),
        spots=sum(capture.phase is Phase.SPOT for capture in captures),
        not_agreed=not_agreed,
        nothing=parts.without_any,
        clips=len(captures),
        size_bytes=parts.size_bytes,
        left_out=dict(parts.left_out),
    )
