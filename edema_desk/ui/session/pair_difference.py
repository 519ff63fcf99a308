"""The difference map: where the face after dialysis is brighter or darker than before."""

from PySide6.QtWidgets import QWidget

from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column
from edema_desk.ui.session.pair_frames import Faces
from edema_desk.ui.session.pair_map_view import MapView
from edema_desk.ui.session.pair_maps import DIFFERENCE_LIMIT, difference_of


class DifferenceView(QWidget):
    """`show_faces` works the map out, once for the same faces."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.map = MapView(theme)
        self._of: tuple[Faces, Faces] | None = None
        self.setLayout(column(self.map))
        self.retranslate()

    def show_faces(self, before: Faces, after: Faces) -> None:
        """Both captures have faces."""
        if self._of is not None and self._of[0] is before and self._of[1] is after:
            return
        self._of = (before, after)
        values, face = difference_of(before, after)
        self.map.show_map(values, face, DIFFERENCE_LIMIT)

    def forget(self) -> None:
        """Show nothing."""
        self._of = None
        self.map.show_map(None, None, DIFFERENCE_LIMIT)

    def retranslate(self) -> None:
        """Set every text again."""
        percent = round(100 * DIFFERENCE_LIMIT)
        self.map.say_scale(
            self.tr("{percent} % darker").format(percent=f"−{percent}"),
            self.tr("{percent} % brighter").format(percent=f"+{percent}"),
        )
        self.map.note.setText(
            self.tr(
                "After minus before: the mean of the frames used, with the light made equal. It "
                "shows pixels, not fluid: expression, skin, hair and shadow change them too."
            )
        )
        self.map.retranslate()
