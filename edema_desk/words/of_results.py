"""What a person reads beside a result, or where there is none."""

from collections.abc import Mapping

from edema_desk.words.sentence import QT_TRANSLATE_NOOP, Words

_T = QT_TRANSLATE_NOOP

FRAME_REFUSALS: Mapping[str, str] = {
    "no_face": _T("words", "no face"),
    "several_faces": _T("words", "more than one face"),
    "face_too_small": _T("words", "face too small"),
    "face_cut_off": _T("words", "face cut off at the edge"),
    "turned_sideways": _T("words", "turned to the side"),
    "looking_up_or_down": _T("words", "looking up or down"),
    "head_tilted": _T("words", "head tilted"),
    "too_dark": _T("words", "too dark"),
    "too_bright": _T("words", "too bright"),
    "uneven_light": _T("words", "light from one side"),
    "blurred": _T("words", "blurred"),
    "mouth_open": _T("words", "mouth wide open"),
    "eyes_closed": _T("words", "eyes closed"),
    "not_needed": _T("words", "good, but not needed"),
}
"""Keyed by `domain.quality.FrameRefusal`."""

CAPTURE_REFUSALS: Mapping[str, Words] = {
    "no_face": Words(
        _T("words", "No face was found in the clip."),
        _T("words", "Record again with the face in the middle of the picture."),
    ),
    "several_faces": Words(
        _T("words", "More than one face is in the picture."),
        _T("words", "Record again with the patient alone in view."),
    ),
    "face_too_small": Words(
        _T("words", "The face is too small in the picture."),
        _T("words", "Record again from closer by."),
    ),
    "turned_away": Words(
        _T("words", "The face is turned away from the camera."),
        _T("words", "Record again with the patient looking at the lens."),
    ),
    "bad_light": Words(
        _T("words", "The light is too dark, too bright or from one side."),
        _T("words", "Record again with light from the front."),
    ),
    "blurred": Words(
        _T("words", "The picture is blurred."),
        _T("words", "Clean the lens, hold still and record again."),
    ),
    "eyes_closed": Words(
        _T("words", "The eyes are closed."),
        _T("words", "Record again with the eyes open, looking at the lens."),
    ),
    "mouth_open": Words(
        _T("words", "The mouth is wide open."),
        _T("words", "Record again with the mouth closed, without talking."),
    ),
    "too_few_frames": Words(
        _T("words", "Fewer than {limit} usable frames were found."),
        _T("words", "Record a longer clip: looking at the lens, eyes open, mouth closed."),
    ),
    "no_reference": Words(
        _T("words", "There is no earlier session of this patient with a weight to compare with."),
        _T("words", "The estimate starts with the second session."),
    ),
    "too_unsure": Words(
        _T("words", "The estimate would be too uncertain to tell anything."),
        _T("words", "More sessions of this patient with a weight and a clip make it surer."),
    ),
    "other_person": Words(
        _T("words", "The face does not look like that of this patient's earlier clips."),
        _T("words", "Check whose clip this is. If it is this patient's, record it again."),
    ),
    "unlike_training": Words(
        _T("words", "The face is partly covered, or looks unlike any the model has learned from."),
        _T("words", "Record again with the whole face free: no mask, dark glasses or hand."),
    ),
    "clip_damaged": Words(
        _T("words", "The clip could not be read."), _T("words", "Record or import it again.")
    ),
}
"""Keyed by `domain.estimate.Refusal`."""

DOUBTS: Mapping[str, Words] = {
    "far_from_last_post": Words(
        _T("words", "{entered} kg is {percent} % away from the last weight after dialysis."),
        _T("words", "Read the scale again. If it is right, say why."),
    ),
    "far_from_dry_weight": Words(
        _T("words", "{entered} kg is {percent} % away from the dry weight."),
        _T("words", "Read the scale again. If it is right, say why."),
    ),
    "post_above_pre": Words(
        _T("words", "The weight after dialysis is above the one before."),
        _T("words", "Read the scale again. If it is right, say why."),
    ),
    "in_future": Words(
        _T("words", "The time of this weight has not come yet."),
        _T("words", "Check the time. If it is right, say why."),
    ),
    "before_earlier": Words(
        _T("words", "The time of this weight is before what was entered for its session earlier."),
        _T("words", "Check the time. If it is right, say why."),
    ),
}
"""Keyed by `domain.weights.Doubt`."""

SPREAD_NOTE = _T(
    "words",
    "The spread comes from made-up swelling of photographs and promises nothing about patients.",
)
INTERVAL_NOTES: Mapping[str, str] = {
    "spread": SPREAD_NOTE,
    "pooled": _T(
        "words",
        "The interval is so wide that the scale lay within it in nine of ten "
        "estimates of this clinic.",
    ),
    "own": _T(
        "words",
        "The interval is so wide that the scale lay within it in nine of ten "
        "estimates of this patient.",
    ),
}
"""Keyed by `domain.estimate.IntervalKind`."""
RESEARCH_NOTE = _T("words", "Research use, not for diagnosis")
