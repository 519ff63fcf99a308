"""What is said while a capture runs: to the patient, and when something goes wrong."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

INSTRUCTIONS: Mapping[str, str] = {
    "find_face": _T("words", "Face into the oval, please"),
    "one_person": _T("words", "Only one person, please"),
    "come_closer": _T("words", "Come closer"),
    "move_back": _T("words", "Move back a little"),
    "move_left": _T("words", "A little to your left"),
    "move_right": _T("words", "A little to your right"),
    "move_up": _T("words", "A little higher"),
    "move_down": _T("words", "A little lower"),
    "look_at_camera": _T("words", "Look at the camera"),
    "head_upright": _T("words", "Head upright, please"),
    "chin_level": _T("words", "Chin level, please"),
    "more_light": _T("words", "More light, please"),
    "less_light": _T("words", "Less light, please"),
    "light_from_front": _T("words", "Light from the front, please"),
    "hold_still": _T("words", "Hold still, looking at the camera"),
    "close_mouth": _T("words", "Mouth closed, please"),
    "open_eyes": _T("words", "Eyes open, please"),
    "relax_face": _T("words", "Relax your face"),
    "good": _T("words", "Good. Stay like that"),
    "nearly_done": _T("words", "Nearly done"),
    "well_done": _T("words", "Well done, thank you"),
}
"""Keyed by `domain.capture_view.Instruction`."""

TROUBLES: Mapping[str, Words] = {
    "camera_gone": Words(
        _T("words", "The camera is gone."),
        _T("words", "Plug it in again, then go on with a new take."),
    ),
    "camera_frozen": Words(
        _T("words", "The picture stands still."),
        _T("words", "Plug the camera out and in, then go on."),
    ),
    "camera_black": Words(
        _T("words", "The picture is black."), _T("words", "Open the cover of the lens.")
    ),
    "camera_silent": Words(
        _T("words", "No pictures come from the camera."),
        _T("words", "Check its cable or the network."),
    ),
    "worker_gone": Words(
        _T("words", "The guidance stopped, the recording goes on."),
        _T("words", "Let the patient look at the camera for a minute, then finish."),
    ),
    "disk_low": Words(
        _T("words", "Little room is left on the disk."),
        _T("words", "Make room after this capture."),
    ),
    "disk_full": Words(
        _T("words", "The disk is full and the recording stopped."),
        _T("words", "Finish, then make room."),
    ),
    "frames_lost": Words(
        _T("words", "Some pictures were lost."), _T("words", "Close other programs on this PC.")
    ),
}
"""Keyed by `domain.capture_view.Trouble`."""
