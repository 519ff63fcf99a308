"""The places of the window: its pages by name, and the keys that lead to those of the rail."""

from dataclasses import dataclass

from edema_desk.domain.terms.records import Phase

TODAY, INBOX, PATIENTS, SETTINGS = "today", "inbox", "patients", "settings"
AGREEMENT, MODELS = "agreement", "models"
PATIENT, SESSION, CAPTURE = "patient", "session", "capture"
ON_THE_RAIL = (TODAY, INBOX, PATIENTS, AGREEMENT, MODELS, None, SETTINGS)
"""Those after None stand at its foot."""
ROOT_KEYS = {
    TODAY: "Ctrl+1",
    PATIENTS: "Ctrl+2",
    INBOX: "Ctrl+3",
    AGREEMENT: "Ctrl+4",
    MODELS: "Ctrl+5",
    SETTINGS: "Ctrl+,",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and whom or what it shows; of a capture also the session and phase, where known."""

    key: str
    shown: str = ""
    session_id: str | None = None
    phase: Phase | None = None
