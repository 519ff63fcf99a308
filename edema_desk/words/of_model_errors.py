"""Why a model, the inbox, the analysis or a study does not go on, and what to do."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

MODEL_ERRORS: Mapping[str, Words] = {
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
    "model_knows_everybody": Words(
        _T("words", "One of the two models learned from every patient with captures to compare."),
        _T("words", "Compare them once there are captures of other patients."),
    ),
    "model_none_before": Words(
        _T("words", "There is no earlier model to go back to."),
        _T("words", "Activate a model of the list instead."),
    ),
    "model_transfer_unfit": Words(
        _T("words", "The way of transfer {kind} does not fit this network."),
        _T("words", "Choose another with --transfer."),
    ),
    "model_name_invalid": Words(
        _T("words", "A model cannot be called {name}."),
        _T("words", "Use letters, figures, and single spaces, dots or hyphens between them."),
    ),
    "training_unfinished": Words(
        _T("words", "A training is under way, or was stopped and may go on."),
        _T("words", "Let it end, or give it up, before you begin another."),
    ),
    "training_none": Words(
        _T("words", "There is no training that could go on."),
        _T("words", "Begin a new one."),
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
    "cancelled": Words(
        _T("words", "Stopped as you asked."), _T("words", "Nothing is left half done.")
    ),
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
