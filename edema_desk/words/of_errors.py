"""What a person reads when something cannot be done."""

from collections.abc import Mapping

from edema_desk.words.of_capture_errors import CAPTURE_ERRORS
from edema_desk.words.of_model_errors import MODEL_ERRORS
from edema_desk.words.of_record_errors import RECORD_ERRORS
from edema_desk.words.sentence import Words

ERRORS: Mapping[str, Words] = {**CAPTURE_ERRORS, **RECORD_ERRORS, **MODEL_ERRORS}
