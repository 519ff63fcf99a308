"""One person of each role, and those who have none."""

from edema_desk.domain.terms.people import NOBODY, PROGRAM, Actor, Role

NURSE, CLINICIAN, ADMINISTRATOR = Role.NURSE, Role.CLINICIAN, Role.ADMINISTRATOR
PEOPLE = {
    "nurse": Actor("nurse-1", frozenset({NURSE})),
    "clinician": Actor("clinician-1", frozenset({CLINICIAN})),
    "administrator": Actor("administrator-1", frozenset({ADMINISTRATOR})),
    "program": PROGRAM,
    "nobody": NOBODY,
    "forged": Actor("forged", frozenset()),
}
