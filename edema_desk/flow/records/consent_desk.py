"""Consent and erasure for a window: answers, texts, who was erased. Everything is a Future."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.inbox.filing import InboxDoubt, InboxState
from edema_desk.domain.keeping.consent import ConsentText, PatientConsent, Purpose, Withdrawn
from edema_desk.domain.keeping.retention import GRACE_DAYS, RetentionNotice
from edema_desk.domain.terms.acts import ActKind
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.sitting import Ask
from edema_desk.flow.capturing.desk import CaptureDesk
from edema_desk.flow.records.consent_texts import texts_in_use
from edema_desk.flow.records.erasing import destroy_pictures_of, erase_whole_patient
from edema_desk.store.base.database import Store
from edema_desk.store.captures.inbox import inbox_items, keep_item
from edema_desk.store.models.models import models_that_saw
from edema_desk.store.people.consents import (
    consent_entries,
    keep_consent_text,
    set_consent,
    standings_of,
)
from edema_desk.store.people.erasing import ErasedPatient, erased_patients
from edema_desk.store.people.patients import patient
from edema_desk.store.people.retention import announced


class ConsentDesk:
    """The consents of one clinic. Acts take an `act_id`, so that a retry does nothing twice.

    `forget` is told of captures whose keys may not be left in any copy.
    """

    def __init__(
        self,
        clinic: Clinic,
        captures: CaptureDesk,
        tell: Callable[[Change], None],
        ask: Ask,
        forget: Callable[[tuple[str, ...]], object] = lambda capture_ids: None,
    ) -> None:
        self._clinic, self._captures, self._tell, self._ask = clinic, captures, tell, ask
        self._forget = forget
        self._work = ThreadPoolExecutor(1, thread_name_prefix="consent")

    # questions

    def of(self, patient_id: str) -> Future[PatientConsent]:
        """How it stands with a patient, all answers, and the models that were trained on them."""

        def question(store: Store) -> PatientConsent:
            return PatientConsent(
                patient(store, patient_id),
                standings_of(store, patient_id),
                consent_entries(store, patient_id),
                models_that_saw(store, patient_id),
            )

        return self._ask(question)

    def texts(self) -> Future[Mapping[Purpose, ConsentText]]:
        """What patients are shown: the clinic's own text, or the one of the program."""
        return self._ask(texts_in_use)

    def erased(self) -> Future[tuple[ErasedPatient, ...]]:
        """Who was erased, newest first."""
        return self._ask(erased_patients)

    def leaving(self) -> Future[tuple[RetentionNotice, ...]]:
        """Whose retention period is over, and the day on which the records go."""

        def question(store: Store) -> tuple[RetentionNotice, ...]:
            found = announced(store)
            return tuple(
                RetentionNotice(patient(store, one), day, GRACE_DAYS) for one, day in found.items()
            )

        return self._ask(question)

    # acts

    def give(
        self,
        act_id: str,
        patient_id: str,
        purpose: Purpose,
        day: date,
        remark: str = "",
        text_version: int | None = None,
    ) -> Future[None]:
        """Keep that a patient agreed. Clips that waited in the inbox for it go on."""

        def act(store: Store) -> None:
            set_consent(
                *(store, act_id, patient_id, purpose, day),
                given=True,
                remark=remark,
                text_version=text_version,
            )
            if purpose is Purpose.CARE:
                _send_on(store, patient_id)
            self._tell(Change(ChangeKind.PATIENT, patient_id))

        return self._clinic.database.submit(act)

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
        """Keep that a patient agrees no longer. From then on nothing new is recorded; a capture
        that runs is ended. With `destroy`, possible for care, every picture there is goes too."""
        mine = self._clinic.for_who_sits_there()

        def act() -> Withdrawn:
            mine.database.call(
                lambda store: set_consent(
                    *(store, act_id, patient_id, purpose, day), given=False, remark=remark
                )
            )
            ended = False
            gone: tuple[str, ...] = ()
            if purpose is Purpose.CARE:
                ended = self._captures.end_for(patient_id, discard=destroy)
                if destroy:
                    gone = destroy_pictures_of(mine, f"{act_id}-pictures", patient_id)
                    self._forget(gone)
            self._tell(Change(ChangeKind.PATIENT, patient_id))
            return Withdrawn(ended, len(gone))

        return self._work.submit(act)

    def keep_text(self, act_id: str, purpose: Purpose, en: str, ja: str) -> Future[int]:
        """Show another text from now on; its version."""
        return self._clinic.database.submit(
            lambda store: keep_consent_text(store, act_id, purpose, en, ja)
        )

    def erase(self, act_id: str, patient_id: str, chart_number: str, reason: str) -> Future[None]:
        """Erase a patient for good. `chart_number` is what was typed to be sure who is meant."""
        mine = self._clinic.for_who_sits_there()

        def act() -> None:
            mine.database.call(lambda store: store.require(ActKind.ERASE_PATIENT))
            self._captures.end_for(patient_id, discard=True)
            self._forget(erase_whole_patient(mine, act_id, patient_id, chart_number, reason))
            self._tell(Change(ChangeKind.PATIENTS, patient_id))

        return self._work.submit(act)

    def close(self) -> None:
        """Finish what is being done."""
        self._work.shutdown()


def _send_on(store: Store, patient_id: str) -> None:
    """Clips of the patient that waited for nothing but consent have their turn again."""
    for item in inbox_items(store, (InboxState.WAITING,)):
        if item.target.patient_id == patient_id and item.doubts == (InboxDoubt.NO_CONSENT,):
            keep_item(store, replace(item, state=InboxState.COPIED, doubts=()))
