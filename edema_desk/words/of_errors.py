"""What a person reads when something cannot be done."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

ERRORS: Mapping[str, Words] = {
    "file_missing": Words(
        _T("words", "There is no file {path}."), _T("words", "Check the name and try again.")
    ),
    "file_unreadable": Words(
        _T("words", "The file {path} cannot be read."),
        _T("words", "Check that you may open it and that it is not a folder."),
    ),
    "not_a_video": Words(
        _T("words", "{name} is not a video this program can read."),
        _T("words", "Choose the clip itself, as the camera or tablet saved it."),
    ),
    "container_refused": Words(
        _T("words", "{name} is a {found} file, which is not taken in."),
        _T("words", "Use MP4, MOV, Matroska, WebM, MPEG or AVI."),
    ),
    "codec_refused": Words(
        _T("words", "The video in {name} is coded as {found}, which is not taken in."),
        _T("words", "Record it as H.264, HEVC, VP8, VP9, AV1, MJPEG, FFV1 or MPEG."),
    ),
    "clip_empty": Words(
        _T("words", "{name} holds no picture."), _T("words", "Record the clip again.")
    ),
    "clip_truncated": Words(
        _T("words", "{name} is cut off or damaged."),
        _T("words", "Copy it from the camera or tablet again."),
    ),
    "clip_too_large": Words(
        _T("words", "{name} is too large: {found}, and the limit is {limit}."),
        _T("words", "Record at up to 4K and for up to ten minutes."),
    ),
    "decoder_failed": Words(
        _T("words", "{name} could not be decoded within the limits set for files from outside."),
        _T("words", "Copy it again; if it fails again, record the clip anew."),
    ),
    "clip_duplicate": Words(
        _T("words", "This clip is already stored."),
        _T("words", "Choose another file; the stored one stays as it is."),
    ),
    "sealed_altered": Words(
        _T("words", "A stored clip was altered or damaged on the disk."),
        _T("words", "It is not used; restore it from the backup."),
    ),
    "clip_key_missing": Words(
        _T("words", "The key of a stored clip is gone, so it cannot be opened."),
        _T("words", "If it was not erased on purpose, restore the keys from the backup."),
    ),
    "clip_gone": Words(
        _T("words", "A stored clip is missing on the disk."),
        _T("words", "Restore it from the backup."),
    ),
    "picture_refused": Words(
        _T("words", "{name} is not a photograph this program takes."),
        _T("words", "Use a JPEG or PNG file of at most 64 megapixels."),
    ),
    "weight_not_a_number": Words(
        _T("words", "“{entered}” is not a weight."),
        _T("words", "Enter kilograms in figures, for example 53.6."),
    ),
    "weight_out_of_range": Words(
        _T("words", "{entered} kg is outside 20 to 300 kg."),
        _T("words", "Read the scale again and enter kilograms."),
    ),
    "weight_pounds": Words(
        _T("words", "{entered} looks like pounds."),
        _T("words", "Enter the weight in kilograms, without another unit."),
    ),
    "reason_needed": Words(
        _T("words", "This entry needs a reason."), _T("words", "Say in a few words why.")
    ),
    "field_empty": Words(
        _T("words", "{field} is empty."), _T("words", "Fill it in and save again.")
    ),
    "field_too_long": Words(
        _T("words", "{field} is longer than {limit} characters."), _T("words", "Shorten it.")
    ),
    "date_invalid": Words(
        _T("words", "“{entered}” is not a date."), _T("words", "Enter it as YYYY-MM-DD.")
    ),
    "hours_invalid": Words(
        _T("words", "“{entered}” is no length of dialysis."),
        _T("words", "Enter hours from 0.5 to 24, for example 4, 4.5 or 4:30."),
    ),
    "chart_number_taken": Words(
        _T("words", "This chart number belongs to another patient."),
        _T("words", "Search for the number and open that patient."),
    ),
    "origin_conflict": Words(
        _T("words", "{count} identifiers of the study already belong to people from elsewhere."),
        _T("words", "Import it with --prefix to give the study's people other identifiers."),
    ),
    "unknown_patient": Words(
        _T("words", "There is no such patient."), _T("words", "Search again.")
    ),
    "unknown_session": Words(
        _T("words", "There is no such session."), _T("words", "Open the patient again.")
    ),
    "session_taken": Words(
        _T("words", "This session already has a clip for that phase."),
        _T("words", "Open the session to see it."),
    ),
    "disk_full": Words(
        _T("words", "There is no room left on the disk, so nothing was saved."),
        _T("words", "Make room and save again; your entry is still here."),
    ),
    "disk_no_room": Words(
        _T("words", "There is too little room on the disk for a recording: {left} GB are left."),
        _T("words", "Make room for at least {needed} GB, then record."),
    ),
    "camera_missing": Words(
        _T("words", "The camera was not found."),
        _T("words", "Plug it in, or choose another one in the settings."),
    ),
    "camera_busy": Words(
        _T("words", "Another program is using the camera."),
        _T("words", "Close that program and try again."),
    ),
    "camera_refused": Words(
        _T("words", "The camera did not answer as a camera should."),
        _T("words", "Unplug it and plug it in again, or check its address in the settings."),
    ),
    "camera_gone": Words(
        _T("words", "The camera is gone."),
        _T("words", "Check its cable. What was recorded so far is kept."),
    ),
    "camera_address": Words(
        _T("words", "This is no address of a camera."),
        _T("words", "Write a number, a device, or a URL that begins with rtsp:// or http://."),
    ),
    "camera_made_up": Words(
        _T("words", "A clip or a made-up face cannot stand for a patient of the clinic."),
        _T("words", "Choose a real camera, or a made-up patient."),
    ),
    "other_person_asked": Words(
        _T("words", "The face does not look like that of this patient's earlier captures."),
        _T("words", "Check who sits there; in the window it can be answered. Nothing was kept."),
    ),
    "unknown_chart_number": Words(
        _T("words", "There is no patient with the chart number {number}."),
        _T("words", "Check the number, or add the patient in the window."),
    ),
    "session_doubtful": Words(
        _T("words", "It is not clear which session this belongs to."),
        _T("words", "Enter it in the window, or open a new one with --new-session."),
    ),
    "weight_doubtful": Words(
        _T("words", "{entered} kg or its time does not fit what is known of this patient."),
        _T("words", "Check the scale. If it is right, enter it with a reason."),
    ),
    "capture_unfinished": Words(
        _T("words", "This capture is still being recorded or analysed."),
        _T("words", "Wait until it is done, then try again."),
    ),
    "capture_erased": Words(
        _T("words", "The clip of this capture was destroyed and cannot be brought back."),
        _T("words", "Record the face again."),
    ),
    "capture_removed": Words(
        _T("words", "This capture was deleted."),
        _T("words", "Take it back on the page of its session first."),
    ),
    "capture_running": Words(
        _T("words", "Another capture is still running."),
        _T("words", "Finish it first."),
    ),
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
        _T("words", "Choose an empty or new folder."),
    ),
    "model_missing": Words(
        _T("words", "The model package {name} is missing or incomplete."),
        _T("words", "Install EdemaDesk again, or put the folder back."),
    ),
    "model_altered": Words(
        _T("words", "The weights of the model {name} are not those its card names."),
        _T("words", "Install EdemaDesk again, or put the original folder back."),
    ),
    "model_card_invalid": Words(
        _T("words", "The card of the model {name} is not valid: {detail}."),
        _T("words", "Put the original folder back."),
    ),
    "model_newer": Words(
        _T("words", "The model {name} has a format this version does not know."),
        _T("words", "Install a newer version of EdemaDesk."),
    ),
    "model_unchecked": Words(
        _T("words", "The model {name} brings no self-check that this version can run."),
        _T("words", "Ask whoever made it for a package made with this version."),
    ),
    "model_check_failed": Words(
        _T(
            "words",
            "On this PC the model {name} says something else of the reference faces than its "
            "card promises: {found} kg apart, at most {limit} kg are allowed.",
        ),
        _T("words", "The model in use goes on. Report it to whoever made the model."),
    ),
    "model_unsigned": Words(
        _T("words", "The model {name} is not signed, and this clinic takes signed models only."),
        _T("words", "Ask whoever made it for a signed package."),
    ),
    "model_signature_wrong": Words(
        _T("words", "The signature of the model {name} is by nobody this clinic trusts."),
        _T("words", "Do not use it. Ask whoever made it where the package comes from."),
    ),
    "model_key_invalid": Words(
        _T("words", "{name} is not an Ed25519 key in PEM form without a password."),
        _T("words", "Choose the key file itself."),
    ),
    "model_unknown": Words(
        _T("words", "No model {name} is installed."),
        _T("words", "See the list of models, and install it if it is missing."),
    ),
    "model_in_use": Words(
        _T("words", "The model {name} is in use or part of the program."),
        _T("words", "Activate another model before you remove it."),
    ),
    "model_none_before": Words(
        _T("words", "There is no earlier model to go back to."),
        _T("words", "Activate a model of the list instead."),
    ),
    "model_transfer_unfit": Words(
        _T("words", "The way of transfer {kind} does not fit this network."),
        _T("words", "Choose another with --transfer."),
    ),
    "device_missing": Words(
        _T("words", "This computer has no {device} device that can be used."),
        _T("words", "Train without --device, or on a computer that has one."),
    ),
    "inbox_folder_gone": Words(
        _T("words", "The inbox folder {path} cannot be reached."),
        _T("words", "Check that the share or disk is connected; files are taken in once it is."),
    ),
    "inbox_folder_inside": Words(
        _T("words", "{path} cannot be the inbox: the program keeps its own files there."),
        _T("words", "Choose a folder that only clips are put into."),
    ),
    "inbox_busy": Words(
        _T("words", "The inbox of this profile is being worked on by another program."),
        _T("words", "An open window takes files in by itself; or close it and try again."),
    ),
    "inbox_file_changed": Words(
        _T("words", "{name} changed while it was being copied."),
        _T("words", "It is taken in once it rests."),
    ),
    "worker_failed": Words(
        _T("words", "The analysis stopped unexpectedly and was restarted."),
        _T("words", "Nothing is lost; try again."),
    ),
    "worker_timeout": Words(
        _T("words", "The analysis did not answer in time and was restarted."),
        _T("words", "Nothing is lost; try again."),
    ),
    "cancelled": Words(_T("words", "Stopped as you asked."), _T("words", "Nothing was changed.")),
    "study_missing": Words(
        _T("words", "{path} holds no study.csv."), _T("words", "Choose the folder that does.")
    ),
    "study_header": Words(
        _T("words", "study.csv lacks the columns {columns}."),
        _T("words", "Add them; the format is described in the user guide."),
    ),
    "study_empty": Words(
        _T("words", "study.csv has a header and no rows."), _T("words", "Add the captures.")
    ),
    "study_no_rows": Words(
        _T("words", "No row of study.csv could be read."),
        _T("words", "Mend the rows listed and import again."),
    ),
    "study_too_small": Words(
        _T("words", "The study has {found} and needs at least {limit}."),
        _T("words", "Use a larger study."),
    ),
    "study_header_twice": Words(
        _T("words", "study.csv has the columns {columns} more than once."),
        _T("words", "Keep one of each."),
    ),
    "study_not_text": Words(
        _T("words", "study.csv is not text in UTF-8."),
        _T("words", "Save it again as CSV with UTF-8."),
    ),
    "row_broken": Words(
        _T("words", "The row is not whole: a field or a quotation mark is missing or too many."),
        _T("words", "Write it with as many fields as the header has."),
    ),
    "row_phase": Words(
        _T("words", "“{entered}” is not a phase."), _T("words", "Write pre, post or spot.")
    ),
    "row_time": Words(
        _T("words", "“{entered}” is not a time of day."), _T("words", "Write it as HH:MM.")
    ),
    "row_clip_outside": Words(
        _T("words", "The clip lies outside the study's folder."),
        _T("words", "Put it into the folder and name it relative to it."),
    ),
    "row_clip_missing": Words(
        _T("words", "The folder holds no such clip."),
        _T("words", "Copy the clip into the folder, or mend its name."),
    ),
    "row_duplicate": Words(
        _T("words", "Line {line} holds the same patient, date and phase."),
        _T("words", "Keep one of the two."),
    ),
    "study_shared_people": Words(
        _T("words", "{count} people are in both studies."),
        _T("words", "Judge the model on a study of other people."),
    ),
    "faces_none": Words(
        _T("words", "{path} holds no picture or clip with one clear face."),
        _T("words", "Choose a folder of face photographs or clips."),
    ),
    "faces_unknown": Words(
        _T("words", "{path} shows nobody of the name {names}."),
        _T("words", "A person's name is that of the file up to its last underscore."),
    ),
    "faces_too_few": Words(
        _T("words", "{path} shows {found} people clearly, and {limit} are wanted."),
        _T("words", "Ask for fewer patients, or add pictures of other people."),
    ),
    "no_display": Words(
        _T("words", "There is no screen to open the window on."),
        _T("words", "Use --headless FOLDER to write the pages as pictures."),
    ),
}
"""Keyed by `errors.ErrorCode`."""
