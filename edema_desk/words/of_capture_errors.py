"""Why a clip, a weight or a capture is not taken, and what to do."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

CAPTURE_ERRORS: Mapping[str, Words] = {
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
}
