"""Consents kept in memory; `acts` holds what was done."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TypeVar

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.keeping.consent import (
    ConsentEntry,
    ConsentText,
    PatientConsent,
    Purpose,
    Withdrawn,
    standings,
)
from edema_desk.domain.keeping.retention import RetentionNotice
from edema_desk.domain.terms.records import Patient, new_id
from edema_desk.errors import ExpectedError
from edema_desk.flow.records.consent_desk import ConsentDesk
from edema_desk.flow.records.consent_texts import shipped_text
from tests.ui.made_up_clinic import Clinic

T = TypeVar("T")


class FakeConsents(ConsentDesk):
    """With `fails` the next act fails. Everybody has consented to care, unless in `unasked`."""

    def __init__(self, clinic: Clinic, tell: Callable[[Change], None]) -> None:
        self._made_up, self._tell = clinic, tell
        self.kept: dict[str, list[ConsentEntry]] = {}
        self.own: dict[Purpose, ConsentText] = {}
        self.models: tuple[str, ...] = ()
        self.notices: tuple[RetentionNotice, ...] = ()
        self.unasked: set[str] = set()
        self.acts: list[tuple[object, ...]] = []
        self.fails: ExpectedError | None = None

    def of(self, patient_id: str) -> Future[PatientConsent]:
        stranger = Patient(patient_id, patient_id, patient_id)
        patient = self._made_up.patients.get(patient_id, stranger)
        entries = list(self.kept.get(patient_id, []))
        if patient_id not in self.unasked:
            first = ConsentEntry("c0", patient_id, Purpose.CARE, True, date(2026, 1, 5))
            entries.insert(0, first)
        stand = standings(patient.origin, entries)
        return _answered(PatientConsent(patient, stand, tuple(entries), self.models))

    def texts(self) -> Future[Mapping[Purpose, ConsentText]]:
        return _answered({p: self.own.get(p) or shipped_text(p) for p in Purpose})

    def leaving(self) -> Future[tuple[RetentionNotice, ...]]:
        return _answered(self.notices)

    def give(
        self,
        act_id: str,
        patient_id: str,
        purpose: Purpose,
        day: date,
        remark: str = "",
        text_version: int | None = None,
    ) -> Future[None]:
        self._keep(patient_id, purpose, day, remark, given=True)
        return self._do(None, "give", act_id, patient_id, purpose, day, remark, text_version)

    def withdraw(
        self,
        act_id: str,
        patient_id: str,
        purpose: Purpose,
        day: date,
        remark: str,
        *,
        destroy: bool = False,
    ) -> Future[Withdrawn]:
        self._keep(patient_id, purpose, day, remark, given=False)
        done = Withdrawn(False, 3 if destroy else 0)
        return self._do(done, "withdraw", act_id, patient_id, purpose, day, remark, destroy)

    def keep_text(self, act_id: str, purpose: Purpose, en: str, ja: str) -> Future[int]:
        self.own[purpose] = ConsentText(purpose, 1, en, ja)
        return self._do(1, "keep_text", act_id, purpose, en, ja)

    def erase(self, act_id: str, patient_id: str, chart_number: str, reason: str) -> Future[None]:
        return self._do(None, "erase", act_id, patient_id, chart_number, reason)

    def close(self) -> None:
        pass

    def _keep(
        self, patient_id: str, purpose: Purpose, day: date, remark: str, *, given: bool
    ) -> None:
        entry = ConsentEntry(new_id(), patient_id, purpose, given, day, remark)
        self.kept.setdefault(patient_id, []).append(replace(entry))
        self._tell(Change(ChangeKind.PATIENT, patient_id))

    def _do(self, answer: T, *act: object) -> Future[T]:
        self.acts.append(act)
        made: Future[T] = Future()
        if self.fails is not None:
            made.set_exception(self.fails)
            self.fails = None
        else:
            made.set_result(answer)
        return made


def _answered(answer: T) -> Future[T]:
    made: Future[T] = Future()
    made.set_result(answer)
    return made
