"""The keys of a capture: one hand, a keyboard, or a clicker with one button."""

from enum import Enum, auto
from typing import TypeGuard

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


class CaptureKey(Enum):
    """What a key means on the capture page."""

    NEXT_STEP = auto()
    SPACE = auto()
    ENTER = auto()


_KEYS = {
    # what clickers with one button send: of presenters, of cameras, of headphones
    Qt.Key.Key_F5: CaptureKey.NEXT_STEP,
    Qt.Key.Key_PageDown: CaptureKey.NEXT_STEP,
    Qt.Key.Key_MediaPlay: CaptureKey.NEXT_STEP,
    Qt.Key.Key_MediaTogglePlayPause: CaptureKey.NEXT_STEP,
    Qt.Key.Key_MediaNext: CaptureKey.NEXT_STEP,
    Qt.Key.Key_VolumeUp: CaptureKey.NEXT_STEP,
    Qt.Key.Key_Space: CaptureKey.SPACE,
    Qt.Key.Key_Return: CaptureKey.ENTER,
    Qt.Key.Key_Enter: CaptureKey.ENTER,
}


def key_of(event: QKeyEvent) -> CaptureKey | None:
    """What a press means; None for keys that mean nothing here, held ones and chords."""
    chord = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.isAutoRepeat() or chord != Qt.KeyboardModifier.NoModifier:
        return None
    return _KEYS.get(Qt.Key(event.key()))


def enter_presses(held: QWidget | None, *, all_said: bool) -> TypeGuard[QAbstractButton]:
    """Whether Enter presses what has the keyboard. A choice among others is not changed by it
    once `all_said`: then Enter goes on."""
    if not isinstance(held, QAbstractButton) or not held.isVisible():
        return False
    return not (all_said and held.isCheckable())
