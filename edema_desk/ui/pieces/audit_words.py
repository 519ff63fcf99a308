"""The record of acts in the words of the person at the screen."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from edema_desk import words
from edema_desk.domain.keeping.record_of_acts import ActEntry, Value, WhatChanged
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, NOBODY, PROGRAM, RECOVERY
from edema_desk.domain.terms.records import Phase
from edema_desk.ui.parts.phrases import kg, phase_text, said_text, short_day_text, time_text

_GRAMS = ("net_g", "dry_weight_g")


def who_text(actor_id: str, names: Mapping[str, str]) -> str:
    """The name of who did something."""
    known = {
        LOCAL.actor_id: QCoreApplication.translate("AuditWords", "on this PC"),
        PROGRAM.actor_id: QCoreApplication.translate("AuditWords", "the program"),
        NOBODY.actor_id: QCoreApplication.translate("AuditWords", "nobody signed in"),
        RECOVERY.actor_id: QCoreApplication.translate("AuditWords", "with the recovery code"),
    }
    return names.get(actor_id) or known.get(actor_id, actor_id)


def kind_text(kind: ActKind) -> str:
    """What was done."""
    return said_text(words.ACTS[kind.value])


def act_text(entry: ActEntry) -> str:
    """What was done, with the figure that matters."""
    said, more = kind_text(entry.kind), _more(entry)
    return f"{said}: {more}" if more else said


def _more(entry: ActEntry) -> str:
    told = entry.details
    if entry.kind is ActKind.ENTER_WEIGHING:
        gross, tare, phase = told.get("gross_g"), told.get("tare_g"), told.get("phase")
        if isinstance(gross, int) and isinstance(tare, int) and isinstance(phase, str):
            return f"{phase_text(Phase(phase))} {kg(gross - tare)} kg"
    if entry.kind is ActKind.SET_DRY_WEIGHT and isinstance(told.get("weight_g"), int):
        return f"{kg(_int(told['weight_g']))} kg"
    if entry.kind is ActKind.REFUSED:
        wanted = str(told.get("wanted"))
        return said_text({**words.QUESTIONS, **words.ACTS}.get(wanted, wanted))
    if entry.kind is ActKind.SIGN_IN_FAILED and isinstance(told.get("tried_utc_ms"), int):
        tried = Moment(_int(told["tried_utc_ms"]), _int(told.get("tried_offset_min") or 0))
        return moment_text(tried)
    if entry.kind is ActKind.VERIFY_RECORD:
        fault = told.get("fault")
        return (
            QCoreApplication.translate("AuditWords", "whole")
            if fault is None
            else fault_text(str(fault), told.get("at_row"))
        )
    return ""


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def moment_text(at: Moment) -> str:
    """Day and time."""
    return f"{short_day_text(at.day)} {time_text(at)}"


def fault_text(fault: str, at_row: object) -> str:
    """What is wrong with the record, and what to do."""
    said = words.RECORD_FAULTS[fault]
    row = at_row if at_row is not None else "?"
    return f"{said_text(said.text, row=row)} {said_text(said.hint)}"


def changed_text(changed: WhatChanged) -> str:
    """`Weight: 54.0 → 53.5 kg, because of "slip"`."""
    name = words.CHANGED.get(changed.what)
    what = said_text(name) if name is not None else changed.what
    unit = " kg" if changed.what in _GRAMS else ""
    old, new = value_text(changed.what, changed.old), value_text(changed.what, changed.new)
    said = f"{what}: {old} → {new}{unit}"
    return (
        QCoreApplication.translate("AuditWords", "{change}. Reason: {why}").format(
            change=said, why=changed.why
        )
        if changed.why
        else said
    )


def value_text(what: str, value: Value) -> str:
    """A value of an act; a dash for none."""
    if value is None or value == "":
        return "–"
    if what in _GRAMS and isinstance(value, int):
        return kg(value)
    if what == "phase" and isinstance(value, str):
        return phase_text(Phase(value))
    if what == "capture":
        return (
            QCoreApplication.translate("AuditWords", "deleted")
            if value == "deleted"
            else QCoreApplication.translate("AuditWords", "kept")
        )
    return str(value)


def details_text(details: Mapping[str, object]) -> str:
    """What else the record holds of an act, as it stands there, a line each."""
    lines = (f"{key}: {_plain(value)}" for key, value in details.items() if value is not None)
    return "\n".join(lines)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
