"""What each act is called in the record of acts, what it changed, and what is wrong with one."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

ACTS: Mapping[str, str] = {
    "add_patient": _T("words", "Added a patient"),
    "set_photo": _T("words", "Changed the photo"),
    "set_schedule": _T("words", "Changed days, shift or bed"),
    "plan_day": _T("words", "Planned a single day"),
    "set_dry_weight": _T("words", "Set the dry weight"),
    "keep_wheelchair": _T("words", "Changed the list of wheelchairs"),
    "open_session": _T("words", "Opened a session"),
    "enter_weighing": _T("words", "Entered a weight"),
    "set_planned_hours": _T("words", "Changed the planned hours"),
    "begin_recording": _T("words", "Began a recording"),
    "end_recording": _T("words", "Ended a recording"),
    "begin_capture": _T("words", "Began to take in a clip"),
    "complete_capture": _T("words", "Took in a clip"),
    "mark_capture": _T("words", "Noted how a clip stands"),
    "reassign_capture": _T("words", "Moved a clip to another patient, session or phase"),
    "remove_capture": _T("words", "Deleted a clip"),
    "take_capture_back": _T("words", "Took a deleted clip back"),
    "erase_removed": _T("words", "Destroyed clips that were deleted"),
    "keep_spot_event": _T("words", "Said what went before a clip"),
    "record_analysis": _T("words", "Analysed a clip and estimated"),
    "add_estimate": _T("words", "Estimated anew"),
    "refuse_capture": _T("words", "Refused a clip"),
    "rescore_capture": _T("words", "Analysed a clip with another model"),
    "check_clips": _T("words", "Checked stored clips"),
    "add_note": _T("words", "Wrote a note"),
    "correct_note": _T("words", "Corrected a note"),
    "judge_capture": _T("words", "Judged a face"),
    "inbox_see": _T("words", "Found a file in the inbox"),
    "inbox_step": _T("words", "Worked on a file of the inbox"),
    "inbox_forget": _T("words", "Forgot a file of the inbox"),
    "keep_camera_passport": _T("words", "Tested a camera"),
    "keep_network_camera": _T("words", "Set up a network camera"),
    "register_model": _T("words", "Came to know a model"),
    "note_model_saw": _T("words", "Trained a model on patients"),
    "install_model": _T("words", "Installed a model"),
    "remove_model": _T("words", "Removed a model"),
    "use_model": _T("words", "Changed the model in use"),
    "use_earlier_model": _T("words", "Went back to an earlier model"),
    "trust_model_signer": _T("words", "Trusted a signer of models"),
    "distrust_model_signer": _T("words", "No longer trusted a signer of models"),
    "train_model": _T("words", "Began to train a model"),
    "end_training": _T("words", "Ended the training of a model"),
    "import_session": _T("words", "Imported a session of a study"),
    "add_user": _T("words", "Added a user"),
    "change_user": _T("words", "Changed a user"),
    "set_password": _T("words", "Gave a user a new password"),
    "change_own_password": _T("words", "Changed the own password"),
    "set_clinic_setting": _T("words", "Changed a setting of the clinic"),
    "change_data_key": _T("words", "Changed the key of all data"),
    "new_recovery_code": _T("words", "Made a new recovery code"),
    "sign_in": _T("words", "Signed in"),
    "sign_in_failed": _T("words", "Somebody failed to sign in"),
    "sign_out": _T("words", "Signed out"),
    "lock_desk": _T("words", "Left the desk locked"),
    "unlock_desk": _T("words", "Unlocked the desk"),
    "view_patient": _T("words", "Looked at a patient"),
    "export": _T("words", "Exported"),
    "export_patients": _T("words", "Exported patients under codes"),
    "export_named": _T("words", "Exported patients with their names"),
    "export_study": _T("words", "Exported a study with clips"),
    "print": _T("words", "Printed or copied"),
    "make_report": _T("words", "Made a report about a patient"),
    "make_agreement_report": _T("words", "Made a report about agreement"),
    "clock_stepped": _T("words", "The clock of this PC was set"),
    "give_consent": _T("words", "Noted a consent"),
    "withdraw_consent": _T("words", "Noted a withdrawal of consent"),
    "keep_consent_text": _T("words", "Changed a consent text"),
    "retention_round": _T("words", "Looked for clips and patients whose time is over"),
    "note_retention_over": _T("words", "Noted that a patient's records may be erased"),
    "drop_clips": _T("words", "Dropped full clips whose days are over"),
    "destroy_pictures": _T("words", "Destroyed a patient's pictures"),
    "erase_patient": _T("words", "Erased a patient"),
    "restore_backup": _T("words", "Restored a backup"),
    "refused": _T("words", "Was refused"),
    "keep_head_key": _T("words", "Made a key that signs the record"),
    "verify_record": _T("words", "Verified the record of acts"),
}
"""Keyed by `domain.acts.ActKind`."""

QUESTIONS: Mapping[str, str] = {
    "patients": _T("words", "Asked for patients"),
    "users": _T("words", "Asked for users"),
    "record_of_acts": _T("words", "Asked for the record of acts"),
    "chain_of_acts": _T("words", "Asked whether the record of acts is whole"),
}
"""Keyed by `domain.acts.Question`: what somebody was refused."""

CHANGED: Mapping[str, str] = {
    "net_g": _T("words", "Weight"),
    "dry_weight_g": _T("words", "Dry weight"),
    "patient": _T("words", "Patient"),
    "session_day": _T("words", "Day of the session"),
    "session": _T("words", "Session"),
    "phase": _T("words", "Phase"),
    "capture": _T("words", "Clip"),
    "day_plan": _T("words", "Plan of the day"),
    "planned_hours": _T("words", "Planned hours"),
    "weekdays": _T("words", "Weekdays"),
    "shift": _T("words", "Shift"),
    "state": _T("words", "State"),
    "roles": _T("words", "Roles"),
    "disabled": _T("words", "Disabled"),
}
"""Keyed by `domain.record_of_acts.WhatChanged.what`; a setting of the clinic bears its own name."""

RECORD_FAULTS: Mapping[str, Words] = {
    "row_altered": Words(
        _T("words", "Act {row} of the record was changed after it was written."),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "row_missing": Words(
        _T("words", "Act {row} of the record is missing."),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "act_altered": Words(
        _T("words", "Act {row} is told otherwise in another place of the database."),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "head_differs": Words(
        _T(
            "words",
            "The record was cut off or made anew: it does not fit the head signed at act {row}.",
        ),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "head_forged": Words(
        _T("words", "The signed head of act {row} does not bear a signature of this record."),
        _T(
            "words",
            "Put audit.heads of the newest backup beside the database, then verify again.",
        ),
    ),
    "heads_gone": Words(
        _T("words", "The file with the signed heads of the record is gone."),
        _T(
            "words",
            "Put audit.heads of the newest backup beside the database, then verify again.",
        ),
    ),
    "value_altered": Words(
        _T("words", "A value that act {row} wrote was changed past the program."),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "value_missing": Words(
        _T("words", "A value that act {row} wrote is missing."),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
}
"""Keyed by `store.chain.AuditFault`."""
