"""What the two-minute test of a camera found, and one thing to do about it."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

PASSPORT_ITEMS: Mapping[str, str] = {
    "rate": _T("words", "Rate"),
    "lock": _T("words", "Lock"),
    "noise": _T("words", "Noise"),
    "drift": _T("words", "Drift"),
    "resolution": _T("words", "Resolution"),
}
"""Keyed by `domain.passport.PassportItem`."""

PASSPORT_VERDICTS: Mapping[str, str] = {
    "good": _T("words", "good"),
    "fair": _T("words", "usable"),
    "bad": _T("words", "bad"),
    "unknown": _T("words", "not known"),
}
"""Keyed by `domain.passport.ItemVerdict`."""

PASSPORT_FIGURES: Mapping[str, str] = {
    "rate": _T("words", "{fps:.0f} pictures a second"),
    "lock": _T("words", "changes by {level_percent:.0f} %"),
    "noise": _T("words", "{noise_levels:.1f} grey levels"),
    "drift": _T("words", "changes by {level_percent:.0f} %"),
    "resolution": _T("words", "as sharp as {effective_height_px:.0f} lines"),
}
"""The figure that counts, by item."""

PASSPORT_GOOD: Mapping[str, str] = {
    "rate": _T("words", "Pictures come often and evenly."),
    "lock": _T("words", "Brightness and colour stay as they are when paper is held up."),
    "noise": _T("words", "Single pictures are calm."),
    "drift": _T("words", "The light stayed the same all the time."),
    "resolution": _T("words", "Fine lines are sharp."),
}
"""What is said of an item without a fault."""

PASSPORT_CAUSES: Mapping[str, Words] = {
    "slow": Words(
        _T("words", "Too few pictures come in a second."),
        _T("words", "Give the room more light, or plug the camera straight into the computer."),
    ),
    "gaps": Words(
        _T("words", "Pictures failed to come for {longest_gap_ms:.0f} ms."),
        _T("words", "Plug the camera straight into the computer, and close other programs."),
    ),
    "silent_driver": Words(
        _T("words", "The lock holds, but the camera does not say so."),
        _T("words", "Nothing needs to be done. Test again when the camera or computer changes."),
    ),
    "follows_light": Words(
        _T("words", "The picture got darker or brighter when paper was held up."),
        _T("words", "Switch off automatic exposure in the camera's own program."),
    ),
    "follows_colour": Words(
        _T("words", "The colours changed when paper was held up."),
        _T("words", "Switch off automatic white balance in the camera's own program."),
    ),
    "no_paper": Words(
        _T("words", "No white paper was seen in the middle of the picture."),
        _T("words", "Test again, and hold the sheet up until the program says otherwise."),
    ),
    "noisy": Words(
        _T("words", "The picture is grainy."),
        _T("words", "Give the room more light."),
    ),
    "no_change": Words(
        _T("words", "One picture is exactly like the next, which no real camera does."),
        _T("words", "Switch off noise reduction or still-picture modes of the camera."),
    ),
    "level_drifts": Words(
        _T("words", "Brightness changed during the test."),
        _T("words", "Close the blinds against sun and clouds, and use the room's own lamps."),
    ),
    "colour_drifts": Words(
        _T("words", "Colours changed during the test."),
        _T("words", "Let lamps warm up, and keep daylight out."),
    ),
    "flickers": Words(
        _T("words", "The lamps flicker in the picture."),
        _T("words", "Set the camera to the mains frequency, 50 or 60 Hz, or use other lamps."),
    ),
    "coarse": Words(
        _T("words", "Fine lines are not sharp enough."),
        _T("words", "Clean the lens, focus at arm's length, or use a camera with 1080 lines."),
    ),
    "no_edges": Words(
        _T("words", "Nothing in the picture had clear edges."),
        _T("words", "Test again with somebody, or a printed page, before the camera."),
    ),
    "no_full_picture": Words(
        _T("words", "Of this network camera only small pictures can be looked at here."),
        _T("words", "Judge sharpness in the first recording."),
    ),
    "too_short": Words(
        _T("words", "Too few pictures came to tell."),
        _T("words", "Test again."),
    ),
}
"""Keyed by `domain.passport.Cause`, all but FINE."""
