"""How the files of the inbox stand, and why they wait."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

INBOX_STATES: Mapping[str, str] = {
    "resting": _T("words", "Still arriving"),
    "copying": _T("words", "Being copied"),
    "copied": _T("words", "In the queue"),
    "analysing": _T("words", "Being looked at"),
    "taken_in": _T("words", "Taken in"),
    "waiting": _T("words", "Waits for you"),
    "refused": _T("words", "Refused"),
    "duplicate": _T("words", "Already stored"),
    "undone": _T("words", "Taken back"),
    "set_aside": _T("words", "Set aside"),
}
"""Keyed by `domain.inbox.InboxState`."""

INBOX_DOUBTS: Mapping[str, Words] = {
    "no_number": Words(
        _T("words", "The file's name holds no chart number."),
        _T("words", "Choose whom the clip shows."),
    ),
    "number_unknown": Words(
        _T("words", "No patient has the chart number in the file's name."),
        _T("words", "Choose whom the clip shows, or add the patient first."),
    ),
    "several_patients": Words(
        _T("words", "The file's name fits more than one patient."),
        _T("words", "Choose whom the clip shows."),
    ),
    "no_phase": Words(
        _T("words", "The file's name does not say when in dialysis."),
        _T("words", "Choose before, after or in between."),
    ),
    "several_phases": Words(
        _T("words", "The file's name says both before and after dialysis."),
        _T("words", "Choose one."),
    ),
    "several_days": Words(
        _T("words", "The file's name holds more than one day."),
        _T("words", "Choose the day of the clip."),
    ),
    "day_ahead": Words(
        _T("words", "The time of the clip lies ahead of this computer's clock."),
        _T("words", "Check the day, and the clock of the tablet."),
    ),
    "which_session": Words(
        _T("words", "It is not clear which session the clip belongs to."),
        _T("words", "Choose the session."),
    ),
    "phase_taken": Words(
        _T("words", "The session already has a clip for that phase."),
        _T("words", "Choose another session or phase, or set this clip aside."),
    ),
    "no_consent": Words(
        _T("words", "The patient has not consented to be recorded, or has withdrawn the consent."),
        _T("words", "Record the consent on the patient's page: then the clip goes on by itself."),
    ),
    "sidecar_broken": Words(
        _T("words", "The JSON file beside the clip cannot be read."),
        _T("words", "Choose whom the clip shows, or mend the file."),
    ),
    "sidecar_differs": Words(
        _T("words", "The JSON file beside the clip contradicts the file's name."),
        _T("words", "Choose what is right."),
    ),
}
"""Keyed by `domain.inbox.InboxDoubt`."""
