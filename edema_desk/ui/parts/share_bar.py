"""How much of long work is done."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar

_WHOLE = 1000


class ShareBar(QProgressBar):
    """A bar without a figure in it, named for those who have the screen read to them."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.set_share(0.0)
        self._retranslate()

    def set_share(self, share: float | None) -> None:
        """From 0 to 1; None while nobody knows, which moves without end."""
        self.setRange(0, 0 if share is None else _WHOLE)
        if share is not None:
            self.setValue(round(_WHOLE * min(max(share, 0.0), 1.0)))

    def tell(self, done: float, total: float) -> None:
        """The same from so much of so much; nothing of nothing is 0."""
        self.set_share(done / total if total > 0 else 0.0)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Progress"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
