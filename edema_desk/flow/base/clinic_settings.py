"""What holds for the whole clinic, asked and set from a desk."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.people import LOCAL
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.sitting import Ask
from edema_desk.settings import ClinicSettings, Settings, SettingValue
from edema_desk.store.base.clinic_settings import (
    clinic_settings,
    set_clinic_setting,
    settings_chosen,
)
from edema_desk.store.base.database import Store

_OLD_NAME = "shift_starts"
"""The only setting of the clinic that earlier versions let people change on a PC."""


class ClinicSettingsDesk:
    """The settings of one clinic. Futures as in `Desk`."""

    def __init__(self, clinic: Clinic, tell: Callable[[Change], None], ask: Ask) -> None:
        self._clinic, self._tell, self._ask = clinic, tell, ask

    def now(self) -> Future[ClinicSettings]:
        """What is in force."""
        return self._ask(clinic_settings)

    def set(self, act_id: str, name: str, value: SettingValue) -> Future[ClinicSettings]:
        """Set one; see `set_clinic_setting`. Everybody is told by `ChangeKind.SETTINGS`."""

        def act(store: Store) -> ClinicSettings:
            after = set_clinic_setting(store, act_id, name, value)
            self._tell(Change(ChangeKind.SETTINGS))
            return after

        return self._clinic.database.submit(act)

    def take_over(self, settings: Settings) -> Settings:
        """The choices of this PC with those of the clinic. Waits for the database.

        What an earlier version kept on this PC becomes the clinic's while there are no users.
        """
        database = self._clinic.database
        old = dict(settings.unknown).get(_OLD_NAME)
        if isinstance(old, str) and database.seat.actor == LOCAL:
            chosen = database.call(settings_chosen)
            if _OLD_NAME not in chosen and old != ClinicSettings().shift_starts:
                database.call(lambda store: set_clinic_setting(store, new_id(), _OLD_NAME, old))
        return replace(settings, clinic=database.call(clinic_settings))
