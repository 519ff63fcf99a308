"""Users and roles in the words of the screen."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QLocale

from edema_desk.domain.terms.people import GIVEN_ROLES, Account, Role


def role_text(role: Role) -> str:
    """What somebody is in the clinic."""
    said = {
        Role.NURSE: QCoreApplication.translate("users", "Nurse"),
        Role.CLINICIAN: QCoreApplication.translate("users", "Clinician"),
        Role.ADMINISTRATOR: QCoreApplication.translate("users", "Administrator"),
        Role.PROGRAM: QCoreApplication.translate("users", "Program"),
    }
    return said[role]


def role_hint(role: Role) -> str:
    """What somebody of that role may do, in a line."""
    said = {
        Role.NURSE: QCoreApplication.translate(
            "users", "worklist, captures, weights, own corrections"
        ),
        Role.CLINICIAN: QCoreApplication.translate(
            "users", "all a nurse may, and dry weight, review, notes, export"
        ),
        Role.ADMINISTRATOR: QCoreApplication.translate(
            "users", "users, settings, models, studies, backup; treats nobody"
        ),
        Role.PROGRAM: "",
    }
    return said[role]


def roles_text(roles: Collection[Role]) -> str:
    """All roles of somebody, in the order of the product."""
    gap = "・" if QLocale().language() == QLocale.Language.Japanese else ", "
    return gap.join(role_text(role) for role in GIVEN_ROLES if role in roles)


def account_text(account: Account) -> str:
    """How it stands with somebody's sign-in; nothing where all is as usual."""
    if account.user.disabled:
        return QCoreApplication.translate("users", "Shut out")
    if not account.can_sign_in:
        return QCoreApplication.translate("users", "Has no password")
    return ""
