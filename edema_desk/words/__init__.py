"""The English sentence of every code that a person may meet, said once.

The command line prints them as they stand; the window translates them, in the context
"words". Keys are the values of the enumerations in `errors` and `domain`, which this
module, being lower than `domain`, does not import; a test holds the two together.
"""

from edema_desk.words.of_acts import ACTS, CHANGED, QUESTIONS, RECORD_FAULTS
from edema_desk.words.of_capture import INSTRUCTIONS, TROUBLES
from edema_desk.words.of_errors import ERRORS
from edema_desk.words.of_inbox import INBOX_DOUBTS, INBOX_STATES
from edema_desk.words.of_results import (
    CAPTURE_REFUSALS,
    DOUBTS,
    FRAME_REFUSALS,
    INTERVAL_NOTES,
    RESEARCH_NOTE,
    SPREAD_NOTE,
)
from edema_desk.words.sentence import Words

__all__ = [
    "ACTS",
    "CAPTURE_REFUSALS",
    "CHANGED",
    "DOUBTS",
    "ERRORS",
    "FRAME_REFUSALS",
    "INBOX_DOUBTS",
    "INBOX_STATES",
    "INSTRUCTIONS",
    "INTERVAL_NOTES",
    "QUESTIONS",
    "RECORD_FAULTS",
    "RESEARCH_NOTE",
    "SPREAD_NOTE",
    "TROUBLES",
    "Words",
]
