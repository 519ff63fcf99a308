"""What is the matter with records, people, keys and backups, and what to do."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

RECORD_ERRORS: Mapping[str, Words] = {
    "disk_failed": Words(
        _T("words", "The disk reported an error, so nothing was saved."),
        _T("words", "Check that the disk is connected and healthy, then save again."),
    ),
    "wrong_key": Words(
        _T("words", "The database does not open with the key of this profile, or is damaged."),
        _T("words", "Put back the file data.key that belongs to it, or restore a backup."),
    ),
    "key_missing": Words(
        _T("words", "The profile has a database but no key file."),
        _T("words", "Put back the file users.keys or data.key that belongs to it."),
    ),
    "database_damaged": Words(
        _T("words", "The database is damaged."),
        _T("words", "Close EdemaDesk and open it again: it offers the newest backup."),
    ),
    "database_newer": Words(
        _T("words", "The database was made by a newer version of EdemaDesk."),
        _T("words", "Install that version or a later one; nothing was changed."),
    ),
    "database_busy": Words(
        _T("words", "The database is being written to by another command."),
        _T("words", "Wait a moment and try again."),
    ),
    "sqlite_unsafe": Words(
        _T("words", "The SQLite library {found} has a known fault that can damage databases."),
        _T("words", "Install EdemaDesk again with its own libraries."),
    ),
    "consent_missing": Words(
        _T("words", "The patient has not consented to be recorded."),
        _T("words", "Ask, and record the consent for care on the patient's page."),
    ),
    "consent_withdrawn": Words(
        _T("words", "The patient has withdrawn the consent to be recorded."),
        _T("words", "Nothing is recorded until it is given again."),
    ),
    "consent_stands": Words(
        _T("words", "The pictures are kept: the consent for care stands."),
        _T("words", "Withdraw it first; then they can be destroyed."),
    ),
    "erase_number_wrong": Words(
        _T("words", "That is not the chart number of this patient."),
        _T("words", "Nothing was erased. Read the number from the patient's chart."),
    ),
    "note_corrected": Words(
        _T("words", "Somebody corrected this note meanwhile."),
        _T("words", "Close this, read the note as it stands, and correct that."),
    ),
    "judgement_incomplete": Words(
        _T("words", "The judgement is not complete."),
        _T("words", "Say for each face whether there is edema and how sure you are."),
    ),
    "judgement_kg": Words(
        _T("words", "{entered} kg is outside −5 to 20 kg of excess fluid."),
        _T("words", "Enter kilograms over the dry weight, or leave it empty."),
    ),
    "judge_first": Words(
        _T("words", "You wanted to judge before you see the estimate."),
        _T("words", "Judge this session first, or say why you do not."),
    ),
    "leaves_judge_first": Words(
        _T("words", "This holds sessions that you wanted to judge before you see the estimate."),
        _T("words", "Judge them first, choose other days, or end judging first in Settings."),
    ),
    "attribution_no_estimate": Words(
        _T("words", "This session has no estimate both before and after dialysis."),
        _T("words", "Where the model looked can be shown once both are there."),
    ),
    "attribution_two_models": Words(
        _T("words", "Before and after were estimated by different models."),
        _T("words", "Let the model in use estimate the stored captures anew, then try again."),
    ),
    "not_allowed": Words(
        _T("words", "Your role does not allow this."),
        _T("words", "Ask a clinician or an administrator, or sign in as one."),
    ),
    "no_users": Words(
        _T("words", "Nobody has to sign in to this profile."),
        _T("words", "Leave --user out, or make the first administrator: edema-desk users add."),
    ),
    "password_not_asked": Words(
        _T("words", "There is no terminal at which the password could be asked."),
        _T("words", "Write it into a file and name that file in {variable}."),
    ),
    "unknown_user": Words(
        _T("words", "No user is called that."),
        _T("words", "Look at the list of users."),
    ),
    "login_taken": Words(
        _T("words", "This user name is taken."),
        _T("words", "Choose another one. Names of former users are not given again."),
    ),
    "roles_empty": Words(
        _T("words", "A user has at least one role."),
        _T("words", "Choose what this person is in the clinic."),
    ),
    "last_administrator": Words(
        _T("words", "This is the only administrator who can sign in."),
        _T("words", "Make somebody else an administrator first."),
    ),
    "setting_out_of_range": Words(
        _T("words", "Only {least} to {most} is possible here."),
        _T("words", "Enter a number between them."),
    ),
    "head_code_mistyped": Words(
        _T("words", "This is not a check code of the record of acts."),
        _T("words", "Type all 41 signs as they stand on the sheet."),
    ),
    "head_other": Words(
        _T(
            "words", "The record of acts does not go on from the printed check code of {acts} acts."
        ),
        _T("words", "Keep this PC and the backups as they are, and ask who can look into it."),
    ),
    "sign_in_needed": Words(
        _T("words", "Somebody has to sign in first."),
        _T("words", "Sign in; on the command line with --user."),
    ),
    "sign_in_wrong": Words(
        _T("words", "Name and password do not fit together."),
        _T("words", "Type them again; a new password is set by an administrator."),
    ),
    "sign_in_wait": Words(
        _T("words", "There were too many wrong passwords."),
        _T("words", "Wait {seconds} seconds, then try again."),
    ),
    "password_short": Words(
        _T("words", "The password is too short."),
        _T("words", "Take {least} signs or more; a few words in a row are easy to remember."),
    ),
    "password_is_login": Words(
        _T("words", "The password is the user name."), _T("words", "Take another one.")
    ),
    "recovery_code_mistyped": Words(
        _T("words", "This is no recovery code: a sign is wrong, missing or too many."),
        _T("words", "Compare it with the printed one, group by group."),
    ),
    "recovery_code_wrong": Words(
        _T("words", "This recovery code does not open this profile."),
        _T("words", "Look for the one that was printed last; a new code ends the earlier one."),
    ),
    "users_file_damaged": Words(
        _T("words", "The file with the keys of the users cannot be read."),
        _T("words", "Put back users.keys from the newest backup."),
    ),
    "users_file_newer": Words(
        _T("words", "The keys of the users were written by a newer EdemaDesk."),
        _T("words", "Install that version or a newer one."),
    ),
    "key_store_missing": Words(
        _T("words", "This system has no key store that EdemaDesk can use."),
        _T("words", "Install EdemaDesk with its extra “keystore”, or leave the key in its file."),
    ),
    "key_with_users": Words(
        _T("words", "This profile has users: their passwords open it."),
        _T("words", "There is no key to be moved."),
    ),
    "key_store_empty": Words(
        _T("words", "The key of this profile is not in the key store of this system."),
        _T("words", "Sign in to the system as the one who put it there, and try again."),
    ),
    "profile_in_use": Words(
        _T("words", "EdemaDesk is already open on this profile."),
        _T("words", "Use the open window, or close it first."),
    ),
    "profile_in_cloud": Words(
        _T(
            "words", "{path} is kept the same elsewhere by {name}, which would damage the database."
        ),
        _T(
            "words",
            "Choose a folder of this PC alone with --profile. Backups may go to such a folder.",
        ),
    ),
    "profile_on_network": Words(
        _T("words", "{path} lies on another computer, which would damage the database."),
        _T(
            "words",
            "Choose a folder of this PC alone with --profile. Backups may go to the network.",
        ),
    ),
    "backup_folder_gone": Words(
        _T("words", "The backup folder {path} is not there."),
        _T("words", "Connect its disk: the backup goes on by itself."),
    ),
    "backup_folder_taken": Words(
        _T("words", "{path} holds the backups of other records."),
        _T("words", "Choose an empty folder, or restore those backups first."),
    ),
    "backup_folder_inside": Words(
        _T("words", "{path} is one of the folders EdemaDesk works in."),
        _T("words", "Choose a folder of its own, best on another disk."),
    ),
    "backup_failed": Words(
        _T("words", "The backup folder {path} cannot be written to."),
        _T("words", "Check its disk and that you may write there, or choose another folder."),
    ),
    "backup_no_room": Words(
        _T("words", "There is too little room for a backup: {free} GB free, {needed} GB needed."),
        _T("words", "Make room on that disk, or choose another folder."),
    ),
    "backup_none": Words(
        _T("words", "There is no backup in {path}."),
        _T("words", "Choose the folder the backups were kept in."),
    ),
    "backup_damaged": Words(
        _T("words", "This backup is damaged."),
        _T("words", "Choose an earlier one; nothing was changed."),
    ),
    "backup_newer": Words(
        _T("words", "These backups were made by a newer version of EdemaDesk."),
        _T("words", "Install that version or a later one; nothing was changed."),
    ),
    "restore_other_profile": Words(
        _T("words", "{path} holds other records than this backup."),
        _T("words", "Restore into an empty folder, named with --profile."),
    ),
    "profile_not_writable": Words(
        _T("words", "The profile folder {path} cannot be written to."),
        _T("words", "Choose another with --profile, or ask for access."),
    ),
    "output_not_writable": Words(
        _T("words", "{path} cannot be written to."), _T("words", "Choose another place.")
    ),
    "output_exists": Words(
        _T("words", "{path} already holds something."),
        _T("words", "Choose another name, or an empty folder."),
    ),
    "report_nobody": Words(
        _T("words", "Nobody is due in this shift."), _T("words", "Choose another shift.")
    ),
    "output_no_room": Words(
        _T("words", "There is too little room for {path}. Nothing was kept there."),
        _T("words", "Make room, or choose another disk."),
    ),
    "export_running": Words(
        _T("words", "These records are being exported already."),
        _T("words", "Wait until that is done, or cancel it."),
    ),
    "export_nobody": Words(
        _T("words", "There is nothing that may go out."),
        _T("words", "Choose others or a longer period, or record the consent first."),
    ),
    "export_withdrawn": Words(
        _T("words", "A consent was withdrawn meanwhile. Nothing went out."),
        _T("words", "Export again without that patient."),
    ),
    "export_origins": Words(
        _T("words", "These patients do not come from the same place: made-up, study, or clinic."),
        _T("words", "Export them separately."),
    ),
    "export_named_whom": Words(
        _T("words", "Names go out only of patients that are named one by one."),
        _T("words", "Choose a patient, or export under codes."),
    ),
    "export_named_study": Words(
        _T("words", "A study goes out under codes only."),
        _T("words", "Export it without names."),
    ),
}
