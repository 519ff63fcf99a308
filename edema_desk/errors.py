"""What may go wrong and is known: a code and its parameters. The words stand in `words`."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Every expected failure of the program. Anything else that is raised is a bug."""

    # files and clips
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    NOT_A_VIDEO = "not_a_video"
    CONTAINER_REFUSED = "container_refused"
    CODEC_REFUSED = "codec_refused"
    CLIP_EMPTY = "clip_empty"
    CLIP_TRUNCATED = "clip_truncated"
    CLIP_TOO_LARGE = "clip_too_large"
    DECODER_FAILED = "decoder_failed"
    CLIP_DUPLICATE = "clip_duplicate"
    SEALED_ALTERED = "sealed_altered"
    CLIP_KEY_MISSING = "clip_key_missing"
    CLIP_GONE = "clip_gone"
    PICTURE_REFUSED = "picture_refused"
    # weights and acts
    WEIGHT_NOT_A_NUMBER = "weight_not_a_number"
    WEIGHT_OUT_OF_RANGE = "weight_out_of_range"
    WEIGHT_POUNDS = "weight_pounds"
    REASON_NEEDED = "reason_needed"
    FIELD_EMPTY = "field_empty"
    FIELD_TOO_LONG = "field_too_long"
    DATE_INVALID = "date_invalid"
    HOURS_INVALID = "hours_invalid"
    CHART_NUMBER_TAKEN = "chart_number_taken"
    ORIGIN_CONFLICT = "origin_conflict"
    UNKNOWN_PATIENT = "unknown_patient"
    UNKNOWN_SESSION = "unknown_session"
    SESSION_TAKEN = "session_taken"
    # consent and erasure
    CONSENT_MISSING = "consent_missing"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_STANDS = "consent_stands"
    ERASE_NUMBER_WRONG = "erase_number_wrong"
    # people
    NOT_ALLOWED = "not_allowed"
    SIGN_IN_NEEDED = "sign_in_needed"
    SIGN_IN_WRONG = "sign_in_wrong"
    SIGN_IN_WAIT = "sign_in_wait"
    PASSWORD_SHORT = "password_short"
    PASSWORD_IS_LOGIN = "password_is_login"
    RECOVERY_CODE_MISTYPED = "recovery_code_mistyped"
    RECOVERY_CODE_WRONG = "recovery_code_wrong"
    USERS_FILE_DAMAGED = "users_file_damaged"
    USERS_FILE_NEWER = "users_file_newer"
    KEY_STORE_MISSING = "key_store_missing"
    KEY_STORE_EMPTY = "key_store_empty"
    KEY_WITH_USERS = "key_with_users"
    NO_USERS = "no_users"
    PASSWORD_NOT_ASKED = "password_not_asked"
    UNKNOWN_USER = "unknown_user"
    LOGIN_TAKEN = "login_taken"
    ROLES_EMPTY = "roles_empty"
    LAST_ADMINISTRATOR = "last_administrator"
    SETTING_OUT_OF_RANGE = "setting_out_of_range"
    HEAD_CODE_MISTYPED = "head_code_mistyped"
    HEAD_OTHER = "head_other"
    # profile and database
    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    WRONG_KEY = "wrong_key"
    KEY_MISSING = "key_missing"
    DATABASE_DAMAGED = "database_damaged"
    DATABASE_NEWER = "database_newer"
    DATABASE_BUSY = "database_busy"
    SQLITE_UNSAFE = "sqlite_unsafe"
    PROFILE_IN_USE = "profile_in_use"
    PROFILE_NOT_WRITABLE = "profile_not_writable"
    PROFILE_IN_CLOUD = "profile_in_cloud"
    PROFILE_ON_NETWORK = "profile_on_network"
    OUTPUT_NOT_WRITABLE = "output_not_writable"
    OUTPUT_EXISTS = "output_exists"
    # backups
    BACKUP_FOLDER_GONE = "backup_folder_gone"
    BACKUP_FOLDER_TAKEN = "backup_folder_taken"
    BACKUP_FOLDER_INSIDE = "backup_folder_inside"
    BACKUP_FAILED = "backup_failed"
    BACKUP_NO_ROOM = "backup_no_room"
    BACKUP_NONE = "backup_none"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_NEWER = "backup_newer"
    RESTORE_OTHER_PROFILE = "restore_other_profile"
    # cameras and recording
    CAMERA_MISSING = "camera_missing"
    CAMERA_BUSY = "camera_busy"
    CAMERA_REFUSED = "camera_refused"
    CAMERA_GONE = "camera_gone"
    CAMERA_MADE_UP = "camera_made_up"
    CAMERA_ADDRESS = "camera_address"
    CAPTURE_RUNNING = "capture_running"
    CAPTURE_UNFINISHED = "capture_unfinished"
    CAPTURE_ERASED = "capture_erased"
    CAPTURE_REMOVED = "capture_removed"
    OTHER_PERSON_ASKED = "other_person_asked"
    UNKNOWN_CHART_NUMBER = "unknown_chart_number"
    SESSION_DOUBTFUL = "session_doubtful"
    WEIGHT_DOUBTFUL = "weight_doubtful"
    DISK_NO_ROOM = "disk_no_room"
    # models
    MODEL_MISSING = "model_missing"
    MODEL_ALTERED = "model_altered"
    MODEL_CARD_INVALID = "model_card_invalid"
    MODEL_NEWER = "model_newer"
    MODEL_UNCHECKED = "model_unchecked"
    MODEL_CHECK_FAILED = "model_check_failed"
    MODEL_UNSIGNED = "model_unsigned"
    MODEL_SIGNATURE_WRONG = "model_signature_wrong"
    MODEL_KEY_INVALID = "model_key_invalid"
    MODEL_UNKNOWN = "model_unknown"
    MODEL_IN_USE = "model_in_use"
    MODEL_NONE_BEFORE = "model_none_before"
    MODEL_TRANSFER_UNFIT = "model_transfer_unfit"
    DEVICE_MISSING = "device_missing"
    # inbox
    INBOX_FOLDER_GONE = "inbox_folder_gone"
    INBOX_FOLDER_INSIDE = "inbox_folder_inside"
    INBOX_BUSY = "inbox_busy"
    INBOX_FILE_CHANGED = "inbox_file_changed"
    # worker
    WORKER_FAILED = "worker_failed"
    WORKER_TIMEOUT = "worker_timeout"
    CANCELLED = "cancelled"
    # studies
    STUDY_MISSING = "study_missing"
    STUDY_HEADER = "study_header"
    STUDY_EMPTY = "study_empty"
    STUDY_NO_ROWS = "study_no_rows"
    STUDY_TOO_SMALL = "study_too_small"
    STUDY_SHARED_PEOPLE = "study_shared_people"
    STUDY_HEADER_TWICE = "study_header_twice"
    STUDY_NOT_TEXT = "study_not_text"
    ROW_BROKEN = "row_broken"
    ROW_PHASE = "row_phase"
    ROW_TIME = "row_time"
    ROW_CLIP_OUTSIDE = "row_clip_outside"
    ROW_CLIP_MISSING = "row_clip_missing"
    ROW_DUPLICATE = "row_duplicate"
    FACES_NONE = "faces_none"
    FACES_UNKNOWN = "faces_unknown"
    FACES_TOO_FEW = "faces_too_few"
    # window
    NO_DISPLAY = "no_display"


class ExpectedError(Exception):
    """A known failure: `code` says which, `params` fill its sentence.

    Parameters hold file names, limits and counts, never a patient's name or number: the
    text of this exception may reach a log.
    """

    def __init__(self, code: ErrorCode, **params: str | int | float) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.code.value
