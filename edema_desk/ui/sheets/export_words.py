"""What goes out and what stays, in words."""

from PySide6.QtCore import QCoreApplication

from edema_desk.domain.models.export_plan import ExportCount, ExportKind, LeftOut
from edema_desk.domain.terms.places import Shared, SharedBy

_MB = 10**6


def kind_word(kind: ExportKind) -> str:
    """What it is, for a chip."""
    said = {
        ExportKind.TABLES: QCoreApplication.translate("export", "Tables (CSV)"),
        ExportKind.FHIR: QCoreApplication.translate("export", "FHIR bundles"),
        ExportKind.STUDY: QCoreApplication.translate("export", "Study with clips"),
    }
    return said[kind]


def kind_text(kind: ExportKind) -> str:
    """What will lie in the folder."""
    said = {
        ExportKind.TABLES: QCoreApplication.translate(
            "export",
            "Tables for a spreadsheet or a statistics program, with what each column means.",
        ),
        ExportKind.FHIR: QCoreApplication.translate(
            "export", "One file for each patient, as hospital systems exchange records (FHIR R4)."
        ),
        ExportKind.STUDY: QCoreApplication.translate(
            "export",
            "Weights and full clips, as another EdemaDesk takes them in. Clips show faces and may "
            "hold voices: a code does not hide who is seen.",
        ),
    }
    return said[kind]


def count_text(count: ExportCount, *, done: bool = False) -> str:
    """What would go out, or did."""
    if not count.patients:
        return QCoreApplication.translate("export", "Nothing would go out.")
    parts = [
        _told(QCoreApplication.translate("export", "patients {count}"), count.patients),
        _told(QCoreApplication.translate("export", "sessions {count}"), count.sessions),
    ]
    if count.spots:
        said = QCoreApplication.translate("export", "spot captures {count}")
        parts.append(_told(said, count.spots))
    if count.clips:
        said = QCoreApplication.translate("export", "clips {count}")
        parts.append(f"{_told(said, count.clips)} ({_size_text(count.size_bytes)})")
    what = " · ".join(parts)
    if done:
        return QCoreApplication.translate("export", "Went out: {what}").format(what=what)
    return QCoreApplication.translate("export", "Goes out: {what}").format(what=what)


def staying_text(count: ExportCount, *, named: bool) -> str:
    """Who and what stays, and why, a line each; empty where nothing does."""
    lines = []
    if count.not_agreed and named:
        said = QCoreApplication.translate(
            "export", "Stays, since care was not agreed to: patients {count}"
        )
        lines.append(_told(said, count.not_agreed))
    elif count.not_agreed:
        said = QCoreApplication.translate(
            "export", "Stays, since research was not agreed to: patients {count}"
        )
        lines.append(_told(said, count.not_agreed))
    if count.nothing:
        said = QCoreApplication.translate("export", "Nothing in this period: patients {count}")
        lines.append(_told(said, count.nothing))
    lines += [_told(_left_out_text(why), number) for why, number in count.left_out.items()]
    return "\n".join(lines)


def shared_text(shared: Shared | None) -> str:
    """Who else may see what is put into a folder; empty for nobody."""
    if shared is None:
        return ""
    if shared.by is SharedBy.NETWORK:
        return QCoreApplication.translate(
            "export", "This folder lies on another computer: whoever may open it there can read it."
        )
    said = QCoreApplication.translate(
        "export", "{name} copies this folder to its servers: the files would leave the clinic."
    )
    return said.format(name=shared.name)


def _left_out_text(why: LeftOut) -> str:
    said = {
        LeftOut.NO_CLIP: QCoreApplication.translate(
            "export", "Stays, since the clip was dropped or destroyed: captures {count}"
        ),
        LeftOut.NO_WEIGHT: QCoreApplication.translate(
            "export", "Stays, since no weight was entered: captures {count}"
        ),
        LeftOut.NO_DRY_WEIGHT: QCoreApplication.translate(
            "export", "Stays, since no dry weight is known for the day: captures {count}"
        ),
        LeftOut.TWICE: QCoreApplication.translate(
            "export", "Stays, since a study holds one of a kind for a day: captures {count}"
        ),
        LeftOut.DAMAGED: QCoreApplication.translate(
            "export", "Stays, since the clip is not whole: captures {count}"
        ),
    }
    return said[why]


def _told(said: str, count: int) -> str:
    return said.format(count=f"{count:,}")


def _size_text(size_bytes: int) -> str:
    if size_bytes >= 1000 * _MB:
        return f"{size_bytes / (1000 * _MB):.1f} GB"
    return f"{max(size_bytes / _MB, 0.1):.1f} MB"
