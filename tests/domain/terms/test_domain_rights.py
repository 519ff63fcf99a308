"""Who may do what: the properties of the matrix that no change of a row may break."""

import pytest

from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.people import GIVEN_ROLES, LOCAL, NOBODY, PROGRAM, Actor, Role
from edema_desk.domain.terms.rights import MAY_ASK, MAY_DO, may_ask, may_do


def person(*roles: Role) -> Actor:
    return Actor("somebody", frozenset(roles))


def test_every_act_and_every_question_has_its_row() -> None:
    assert set(MAY_DO) == set(ActKind)
    assert set(MAY_ASK) == set(Question)


def test_a_clinician_may_all_a_nurse_may() -> None:
    for kind in ActKind:
        if may_do(person(Role.NURSE), kind):
            assert may_do(person(Role.CLINICIAN), kind), kind


@pytest.mark.parametrize("kind", list(ActKind))
def test_nobody_may_nothing_and_who_sits_at_a_pc_without_users_what_any_user_may(
    kind: ActKind,
) -> None:
    assert not may_do(NOBODY, kind)
    assert may_do(LOCAL, kind) == bool(MAY_DO[kind] & frozenset(GIVEN_ROLES))


@pytest.mark.parametrize("question", list(Question))
def test_nobody_is_answered_nothing(question: Question) -> None:
    assert not may_ask(NOBODY, question)
    assert may_ask(LOCAL, question)


@pytest.mark.parametrize(
    "kind",
    [ActKind.SET_DRY_WEIGHT, ActKind.ENTER_WEIGHING, ActKind.USE_MODEL, ActKind.IMPORT_SESSION],
)
def test_what_a_person_decides_the_program_does_not_decide_by_itself(kind: ActKind) -> None:
    assert not may_do(PROGRAM, kind)


@pytest.mark.parametrize("kind", [ActKind.ENTER_WEIGHING, ActKind.SET_DRY_WEIGHT])
def test_an_administrator_treats_nobody(kind: ActKind) -> None:
    assert not may_do(person(Role.ADMINISTRATOR), kind)
    assert may_do(person(Role.ADMINISTRATOR, Role.CLINICIAN), kind)


def test_only_who_signed_in_is_known() -> None:
    assert person(Role.NURSE).known
    assert not any(actor.known for actor in (LOCAL, NOBODY, PROGRAM))
