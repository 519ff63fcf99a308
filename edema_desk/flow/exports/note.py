"""The few lines that lie beside what was exported."""

from pathlib import Path

from edema_desk import __version__
from edema_desk.domain.course.exporting import RESEARCH_USE
from edema_desk.domain.models.export_plan import ExportKind, ExportWish
from edema_desk.domain.terms.moment import Moment
from edema_desk.exchange.new_file import new_file

NOTE = "README.txt"
_WHAT = {
    ExportKind.TABLES: "Tables of sessions, spot captures and judgements; data_dictionary.csv "
    "explains each column. UTF-8, comma separated. Weights in kg, times with their "
    "offset from UTC.",
    ExportKind.FHIR: "One FHIR R4 bundle for each patient. Weights bear LOINC codes; what was "
    "estimated from the face bears a code of this program and is preliminary.",
    ExportKind.STUDY: "A study folder: study.csv names the clips. The clips are as they were "
    "recorded: they show faces, may hold voices, and may tell where and when they were taken. "
    "A code in place of the name does not hide who is seen.",
}


def write_note(folder: Path, wish: ExportWish, at: Moment) -> None:
    """Write README.txt: what this is, of when, and what for. Raises as `new_file`."""
    period = wish.period
    days = f"{period.first or 'the beginning'} to {period.last or 'the day of the export'}"
    who = "Patients bear their names." if wish.named else "Patients bear codes, no names."
    lines = (
        f"EdemaDesk {__version__}: {RESEARCH_USE}. 研究用であり、診断には使えません。",
        f"Exported {at.local().isoformat(timespec='minutes')}. Clinic days: {days}.",
        who,
        _WHAT[wish.kind],
    )
    with new_file(folder / NOTE) as file:
        file.writelines(line + "\n" for line in lines)
