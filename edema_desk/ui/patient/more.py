"""The rarer things to do with a patient, in one calm menu."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from edema_desk.domain.terms.acts import ActKind
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme

_ANY_EXPORT = (ActKind.EXPORT_PATIENTS, ActKind.EXPORT_NAMED, ActKind.EXPORT_STUDY)
_ANY_REPORT = (ActKind.MAKE_REPORT, ActKind.MAKE_AGREEMENT_REPORT)


class MoreButton(QPushButton):
    """`dry_weight_asked()`, `clip_asked()`, `report_asked()`, `sheet_asked()`, `export_asked()`.
    What whoever signed in may not do is not offered."""

    dry_weight_asked = Signal()
    clip_asked = Signal()
    report_asked = Signal()
    sheet_asked = Signal()
    export_asked = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._jobs, self._theme = jobs, theme
        self.setProperty("kind", "secondary")
        self.setAutoDefault(False)
        self.setIconSize(QSize(22, 22))
        self.entries = QMenu(self)
        self.dry_weight, self.clip = self._entry(), self._entry()
        self.entries.addSeparator()  # left out by the menu at an end of it
        self.report, self.sheet, self.export = self._entry(), self._entry(), self._entry()
        for action, asked in (
            (self.dry_weight, self.dry_weight_asked),
            (self.clip, self.clip_asked),
            (self.report, self.report_asked),
            (self.sheet, self.sheet_asked),
            (self.export, self.export_asked),
        ):
            action.triggered.connect(asked)
        self.setMenu(self.entries)
        self.offer()
        self.restyle()
        self.retranslate()

    def _entry(self) -> QAction:
        made = QAction(self.entries)
        self.entries.addAction(made)
        return made

    def offer(self) -> None:
        """Leave out what would be refused."""
        may = self._jobs.may
        self.dry_weight.setVisible(may(ActKind.SET_DRY_WEIGHT))
        self.clip.setVisible(may(ActKind.BEGIN_CAPTURE))
        self.report.setVisible(any(may(kind) for kind in _ANY_REPORT))
        self.sheet.setVisible(may(ActKind.MAKE_REPORT))
        self.export.setVisible(any(may(kind) for kind in _ANY_EXPORT))

    def restyle(self) -> None:
        """The icon of the theme."""
        self.setIcon(self._theme.icon("more"))

    def retranslate(self) -> None:
        """The language changed."""
        self.setAccessibleName(self.tr("More to do with this patient"))
        self.setToolTip(self.tr("Dry weight, clip file, report, export"))
        self.dry_weight.setText(self.tr("Dry weight…"))
        self.clip.setText(self.tr("Add a clip file…"))
        self.report.setText(self.tr("Report…"))
        self.sheet.setText(self.tr("Dry-weight sheet…"))
        self.export.setText(self.tr("Export…"))
