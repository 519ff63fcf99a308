"""Every kind of act the program keeps a record of, and every kind of question it is asked."""

from enum import StrEnum


class ActKind(StrEnum):
    """What was done. The words stand in the record of acts: never change one."""

    # patients and their days
    ADD_PATIENT = "add_patient"
    SET_PHOTO = "set_photo"
    SET_SCHEDULE = "set_schedule"
    PLAN_DAY = "plan_day"
    SET_DRY_WEIGHT = "set_dry_weight"
    KEEP_WHEELCHAIR = "keep_wheelchair"
    # sessions and weights
    OPEN_SESSION = "open_session"
    ENTER_WEIGHING = "enter_weighing"
    SET_PLANNED_HOURS = "set_planned_hours"
    # captures
    BEGIN_RECORDING = "begin_recording"
    END_RECORDING = "end_recording"
    BEGIN_CAPTURE = "begin_capture"
    COMPLETE_CAPTURE = "complete_capture"
    MARK_CAPTURE = "mark_capture"
    REASSIGN_CAPTURE = "reassign_capture"
    REMOVE_CAPTURE = "remove_capture"
    TAKE_CAPTURE_BACK = "take_capture_back"
    ERASE_REMOVED = "erase_removed"
    KEEP_SPOT_EVENT = "keep_spot_event"
    RECORD_ANALYSIS = "record_analysis"
    ADD_ESTIMATE = "add_estimate"
    REFUSE_CAPTURE = "refuse_capture"
    RESCORE_CAPTURE = "rescore_capture"
    CHECK_CLIPS = "check_clips"
    # notes and judgements
    ADD_NOTE = "add_note"
    CORRECT_NOTE = "correct_note"
    JUDGE_CAPTURE = "judge_capture"
    # the inbox
    INBOX_SEE = "inbox_see"
    INBOX_STEP = "inbox_step"
    INBOX_FORGET = "inbox_forget"
    # cameras
    KEEP_CAMERA_PASSPORT = "keep_camera_passport"
    KEEP_NETWORK_CAMERA = "keep_network_camera"
    # models and studies
    REGISTER_MODEL = "register_model"
    NOTE_MODEL_SAW = "note_model_saw"
    INSTALL_MODEL = "install_model"
    REMOVE_MODEL = "remove_model"
    USE_MODEL = "use_model"
    USE_EARLIER_MODEL = "use_earlier_model"
    TRUST_MODEL_SIGNER = "trust_model_signer"
    DISTRUST_MODEL_SIGNER = "distrust_model_signer"
    TRAIN_MODEL = "train_model"
    END_TRAINING = "end_training"
    IMPORT_SESSION = "import_session"
    # users and what holds for the whole clinic
    ADD_USER = "add_user"
    CHANGE_USER = "change_user"
    SET_PASSWORD = "set_password"
    CHANGE_OWN_PASSWORD = "change_own_password"
    SET_CLINIC_SETTING = "set_clinic_setting"
    # keys
    CHANGE_DATA_KEY = "change_data_key"
    NEW_RECOVERY_CODE = "new_recovery_code"
    # who came and went, looked at what, and what went out
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    LOCK_DESK = "lock_desk"
    UNLOCK_DESK = "unlock_desk"
    VIEW_PATIENT = "view_patient"
    EXPORT = "export"
    EXPORT_PATIENTS = "export_patients"
    EXPORT_NAMED = "export_named"
    EXPORT_STUDY = "export_study"
    PRINT = "print"
    MAKE_REPORT = "make_report"
    MAKE_AGREEMENT_REPORT = "make_agreement_report"
    # the clock
    CLOCK_STEPPED = "clock_stepped"
    # consent, retention, erasure
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    KEEP_CONSENT_TEXT = "keep_consent_text"
    RETENTION_ROUND = "retention_round"
    NOTE_RETENTION_OVER = "note_retention_over"
    DROP_CLIPS = "drop_clips"
    DESTROY_PICTURES = "destroy_pictures"
    ERASE_PATIENT = "erase_patient"
    # backups
    RESTORE_BACKUP = "restore_backup"
    # the record itself
    REFUSED = "refused"
    KEEP_HEAD_KEY = "keep_head_key"
    VERIFY_RECORD = "verify_record"


class Question(StrEnum):
    """What may be asked of the records."""

    PATIENTS = "patients"
    USERS = "users"
    RECORD_OF_ACTS = "record_of_acts"
    CHAIN_OF_ACTS = "chain_of_acts"
