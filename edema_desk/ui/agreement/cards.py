"""The cards of Agreement: the verdict, a plot of captures, the figures, the learning curve."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.course.clinic_verdict import Verdict
from edema_desk.plots.agreement_bars import BaselineBars
from edema_desk.plots.agreement_canvas import AgreementCanvas
from edema_desk.plots.agreement_curve import CurvePlot
from edema_desk.plots.agreement_figures import FigureLine, Topic, figure_lines
from edema_desk.plots.agreement_words import density_text, verdict_headline, verdict_reason
from edema_desk.ui.agreement.reading import PointReader
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, IconLabel, KeyFigure, column, label, row

_PLOT_PX, _CURVE_PX = 380, 300
_COLUMNS = 4
_ICONS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.BETTER: ("check", "good"),
    Verdict.NOT_BETTER: ("info", "attention"),
    Verdict.WORSE: ("warning", "bad"),
    Verdict.TOO_FEW: ("info", "muted"),
}


class VerdictCard(Card):
    """The word on the estimates, the largest of the page, and the bars that carry it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: AgreementView | None = None
        self._icon = IconLabel(theme, "info", "muted", 28)
        self.headline, self.reason = label("figure", wrap=True), label(wrap=True)
        self.how = label("caption", wrap=True)
        self.bars = BaselineBars(theme.tokens)
        for part in (self.headline, self.reason):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = row(self._icon, self.headline, gap=STEP_PX * 3)
        head.setStretch(1, 1)
        head.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        said = column(head, self.reason, None, self.how, gap=STEP_PX * 3)
        whole = row(said, self.bars, gap=STEP_PX * 9)
        whole.setStretch(0, 5)
        whole.setStretch(1, 6)
        self.body.addLayout(whole)
        self.retranslate()

    def show_view(self, view: AgreementView) -> None:
        """Tell another state."""
        self._view = view
        self._icon.set_icon(*_ICONS[view.verdict])
        self.bars.show_view(view)
        self.retranslate()

    def restyle(self) -> None:
        """The theme changed."""
        self.bars.dress(self._theme.tokens)

    def retranslate(self) -> None:
        """The language changed."""
        if self._view is not None:
            self.headline.setText(verdict_headline(self._view))
            self.reason.setText(verdict_reason(self._view))
        self.how.setText(
            self.tr(
                "Bars are mean errors; the line across a bar is that of the estimates on the same "
                "captures. Guesses know earlier sessions only; the usual value is the mean of "
                "those in the same phase. Intervals hold 95 %, patients drawn again."
            )
        )
        self.bars.retranslate()


class PlotCard(Card):
    """A plot of captures under its title, with what it takes to read it."""

    def __init__(self, theme: Theme, canvas: AgreementCanvas) -> None:
        super().__init__()
        self._theme, self.canvas = theme, canvas
        self._view: AgreementView | None = None
        self.reader = PointReader(canvas)
        self.head, self.note = label("card-title"), label("caption", wrap=True)
        canvas.setFixedHeight(_PLOT_PX)
        self.body.addWidget(self.head)
        self.body.addWidget(canvas)
        self.body.addWidget(self.note)
        self.body.addStretch(1)

    def show_view(self, view: AgreementView) -> None:
        """Draw another state."""
        self._view = view
        self.canvas.show_view(view)
        self.reader.reset()
        self.retranslate()

    def restyle(self) -> None:
        """The theme changed."""
        self.canvas.dress(self._theme.tokens)
        self.reader.card.dress(self._theme.tokens)

    def say(self, title: str, note: str) -> None:
        """Title, and how to read it."""
        self.head.setText(title)
        crowded = self._view is not None and self.canvas.points.crowded
        parts = (density_text(self._view) if self._view is not None and crowded else "", note)
        self.note.setText("\n".join(part for part in parts if part))

    def retranslate(self) -> None:
        """The language changed."""
        self.canvas.retranslate()


class ScatterCard(PlotCard):
    """Estimate against scale."""

    def retranslate(self) -> None:
        """The language changed."""
        super().retranslate()
        self.say(
            self.tr("Estimate against scale"),
            self.tr("A click on a capture opens the patient; Left and Right read captures out."),
        )


class DifferenceCard(PlotCard):
    """Bland and Altman's plot."""

    def retranslate(self) -> None:
        """The language changed."""
        super().retranslate()
        self.say(
            self.tr("How far it is off (Bland-Altman)"),
            self.tr(
                "95 of 100 differences lie between the limits. The grey bands say how sure these "
                "and the average are, for patients measured many times."
            ),
        )


class FigureBlock(QWidget):
    """One figure with its interval, what to hold it against, and what it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = KeyFigure()
        self.between, self.beside = label("caption"), label("caption")
        self.rests = label("caption")
        self.setLayout(column(self.figure, self.between, self.beside, self.rests, None, gap=1))

    def show_line(self, line: FigureLine) -> None:
        """Tell another one."""
        self.figure.caption.setText(line.name)
        self.figure.show_value(line.value, line.unit)
        for part, text in (
            (self.between, self.tr("95 %: {between}").format(between=line.between)),
            (self.beside, line.beside),
            (self.rests, self.tr("of {count}").format(count=line.rests_on)),
        ):
            part.setText(text)
        self.between.setVisible(bool(line.between))
        self.beside.setVisible(bool(line.beside))
        self.rests.setVisible(bool(line.rests_on))
        self.setToolTip(line.about)
        self.setAccessibleName(line.name)
        self.setAccessibleDescription(line.about)


class FiguresCard(Card):
    """The figures that no plot shows, in a grid."""

    def __init__(self) -> None:
        super().__init__(gap=STEP_PX * 3)
        self._view: AgreementView | None = None
        self._head, self._how = label("card-title"), label("caption", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(STEP_PX * 6)
        self._grid.setVerticalSpacing(STEP_PX * 5)
        self.blocks: list[FigureBlock] = []
        self.body.addWidget(self._head)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._how)
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, 1)
        self.retranslate()

    def show_view(self, view: AgreementView) -> None:
        """Tell another state."""
        self._view = view
        self.retranslate()

    def retranslate(self) -> None:
        """The language changed."""
        self._head.setText(self.tr("Figures"))
        self._how.setText(
            self.tr("Rest the pointer on a figure for what it means; the table says it too.")
        )
        if self._view is None:
            return
        lines = [one for one in figure_lines(self._view) if one.topic is not Topic.LIMITS]
        lines += [one for one in figure_lines(self._view) if one.topic is Topic.LIMITS][3:]
        while len(self.blocks) < len(lines):
            block, number = FigureBlock(), len(self.blocks)
            self.blocks.append(block)
            self._grid.addWidget(block, number // _COLUMNS, number % _COLUMNS)
        for block, line in zip(self.blocks, lines, strict=True):
            block.show_line(line)


class CurveCard(Card):
    """How the error falls with sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head, self._note = label("card-title"), label("caption", wrap=True)
        self.canvas = CurvePlot(theme.tokens)
        self.canvas.setFixedHeight(_CURVE_PX)
        self.body.addWidget(self._head)
        self.body.addWidget(self.canvas)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.retranslate()

    def show_view(self, view: AgreementView) -> None:
        """Draw another state."""
        self.canvas.show_view(view)

    def restyle(self) -> None:
        """The theme changed."""
        self.canvas.dress(self._theme.tokens)

    def retranslate(self) -> None:
        """The language changed."""
        self._head.setText(self.tr("What more sessions bring"))
        self._note.setText(
            self.tr("Error of captures whose patients had so many sessions with a weight before.")
        )
        self.canvas.retranslate()
