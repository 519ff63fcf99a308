"""Who may do what: written by hand, and the only place where it is said.

A clinician may all a nurse may. An administrator does no clinical act without being a clinician
as well. `PROGRAM` is what happens with nobody at the desk.
"""

from collections.abc import Mapping
from datetime import date

from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.people import PROGRAM, Actor, Role

_N, _C, _A, _P = Role.NURSE, Role.CLINICIAN, Role.ADMINISTRATOR, Role.PROGRAM
_CARE = frozenset({_N, _C})
_CARE_AND_PROGRAM = frozenset({_N, _C, _P})
_FOLLOWS = frozenset({_N, _C, _A, _P})
"""What the program does after something that was allowed, whoever began that."""
_ANYBODY = frozenset({_N, _C, _A})
_CLINICIAN = frozenset({_C})
_ADMINISTRATOR = frozenset({_A})
_PROGRAM = frozenset({_P})

MAY_DO: Mapping[ActKind, frozenset[Role]] = {
    ActKind.ADD_PATIENT: _ANYBODY,
    ActKind.SET_PHOTO: _FOLLOWS,
    ActKind.SET_SCHEDULE: _CARE,
    ActKind.PLAN_DAY: _CARE,
    ActKind.SET_DRY_WEIGHT: _CLINICIAN,
    ActKind.KEEP_WHEELCHAIR: _CARE,
    ActKind.OPEN_SESSION: _CARE_AND_PROGRAM,
    ActKind.ENTER_WEIGHING: _CARE,
    ActKind.SET_PLANNED_HOURS: _CARE,
    ActKind.BEGIN_RECORDING: _CARE,
    ActKind.END_RECORDING: _FOLLOWS,
    ActKind.BEGIN_CAPTURE: _CARE_AND_PROGRAM,
    ActKind.COMPLETE_CAPTURE: _FOLLOWS,
    ActKind.MARK_CAPTURE: _FOLLOWS,
    ActKind.REASSIGN_CAPTURE: _CARE,
    ActKind.REMOVE_CAPTURE: _CARE,
    ActKind.TAKE_CAPTURE_BACK: _CARE,
    ActKind.ERASE_REMOVED: _PROGRAM,
    ActKind.KEEP_SPOT_EVENT: _CARE,
    ActKind.RECORD_ANALYSIS: _FOLLOWS,
    ActKind.ADD_ESTIMATE: _FOLLOWS,
    ActKind.REFUSE_CAPTURE: _FOLLOWS,
    ActKind.RESCORE_CAPTURE: _FOLLOWS,
    ActKind.CHECK_CLIPS: _FOLLOWS,
    ActKind.ADD_NOTE: _CLINICIAN,
    ActKind.CORRECT_NOTE: _CLINICIAN,
    ActKind.JUDGE_CAPTURE: _CLINICIAN,
    ActKind.INBOX_SEE: _FOLLOWS,
    ActKind.INBOX_STEP: _FOLLOWS,
    ActKind.INBOX_FORGET: _FOLLOWS,
    ActKind.KEEP_CAMERA_PASSPORT: _ANYBODY,
    ActKind.KEEP_NETWORK_CAMERA: _ADMINISTRATOR,
    ActKind.REGISTER_MODEL: _FOLLOWS,
    ActKind.NOTE_MODEL_SAW: _FOLLOWS,
    ActKind.INSTALL_MODEL: _ADMINISTRATOR,
    ActKind.REMOVE_MODEL: _ADMINISTRATOR,
    ActKind.USE_MODEL: _ADMINISTRATOR,
    ActKind.USE_EARLIER_MODEL: _ADMINISTRATOR,
    ActKind.TRUST_MODEL_SIGNER: _ADMINISTRATOR,
    ActKind.DISTRUST_MODEL_SIGNER: _ADMINISTRATOR,
    ActKind.TRAIN_MODEL: _ADMINISTRATOR,
    ActKind.END_TRAINING: _ADMINISTRATOR,
    ActKind.IMPORT_SESSION: _ADMINISTRATOR,
    ActKind.ADD_USER: _ADMINISTRATOR,
    ActKind.CHANGE_USER: _ADMINISTRATOR,
    ActKind.SET_PASSWORD: _ADMINISTRATOR,
    ActKind.CHANGE_OWN_PASSWORD: _ANYBODY,
    ActKind.SET_CLINIC_SETTING: _ADMINISTRATOR,
    ActKind.CHANGE_DATA_KEY: _ADMINISTRATOR,
    ActKind.NEW_RECOVERY_CODE: _ADMINISTRATOR,
    ActKind.SIGN_IN: _FOLLOWS,
    ActKind.SIGN_IN_FAILED: _FOLLOWS,
    ActKind.SIGN_OUT: _FOLLOWS,
    ActKind.LOCK_DESK: _FOLLOWS,
    ActKind.UNLOCK_DESK: _FOLLOWS,
    ActKind.VIEW_PATIENT: _FOLLOWS,
    ActKind.EXPORT: _FOLLOWS,  # what may go out is said by the act it belongs to
    ActKind.EXPORT_PATIENTS: frozenset({_C, _A}),  # figures under codes
    ActKind.EXPORT_NAMED: _CLINICIAN,
    ActKind.EXPORT_STUDY: _ADMINISTRATOR,  # with faces; as a study is imported
    ActKind.PRINT: _FOLLOWS,
    ActKind.MAKE_REPORT: _CLINICIAN,
    ActKind.MAKE_AGREEMENT_REPORT: frozenset({_C, _A}),
    ActKind.CLOCK_STEPPED: _PROGRAM,
    ActKind.GIVE_CONSENT: _ANYBODY,
    ActKind.WITHDRAW_CONSENT: _FOLLOWS,
    ActKind.KEEP_CONSENT_TEXT: _ADMINISTRATOR,
    ActKind.RETENTION_ROUND: _PROGRAM,
    ActKind.NOTE_RETENTION_OVER: _PROGRAM,
    ActKind.DROP_CLIPS: _PROGRAM,
    ActKind.DESTROY_PICTURES: _FOLLOWS,  # only after a withdrawal: the store looks
    ActKind.ERASE_PATIENT: frozenset({_A, _P}),
    ActKind.RESTORE_BACKUP: _FOLLOWS,  # whoever comes first to a damaged database
    ActKind.REFUSED: _FOLLOWS,
    ActKind.KEEP_HEAD_KEY: _FOLLOWS,
    ActKind.VERIFY_RECORD: _FOLLOWS,
}
"""Who may do an act."""

MAY_ASK: Mapping[Question, frozenset[Role]] = {
    Question.PATIENTS: _FOLLOWS,
    Question.USERS: _FOLLOWS,  # every act is shown with the name of who did it
    Question.RECORD_OF_ACTS: _ADMINISTRATOR,
    Question.CHAIN_OF_ACTS: _FOLLOWS,  # whether the record is whole, not what stands in it
}
"""Who is answered a question."""


def may_do(actor: Actor, kind: ActKind) -> bool:
    """Whether the act is one of the actor's."""
    return bool(actor.roles & MAY_DO[kind])


def may_ask(actor: Actor, question: Question) -> bool:
    """Whether the actor is answered."""
    return bool(actor.roles & MAY_ASK[question])


def may_replace_records(actor: Actor) -> bool:
    """Whether the actor may put a backup in the place of records that are whole: what was erased
    or taken away since comes back with it. In the place of damaged ones anybody may."""
    return _A in actor.roles


def may_correct(actor: Actor, entered_by: str) -> bool:
    """Whether a weight that somebody entered may be corrected by the actor: one's own by anybody
    who enters weights, another's by a clinician."""
    return _C in actor.roles or actor.actor_id == entered_by


def may_move(actor: Actor, begun_by: str, begun_on: date, today: date) -> bool:
    """Whether a capture may be given to another patient or session, or deleted, by the actor: on
    the day it came in one's own and what the program took in by itself, any by a clinician."""
    own = begun_by in (actor.actor_id, PROGRAM.actor_id) and begun_on == today
    return _C in actor.roles or own
