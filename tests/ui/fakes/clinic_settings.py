"""The clinic's settings, held in memory."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic_settings import ClinicSettingsDesk
from edema_desk.settings import ClinicSettings, Settings, SettingValue


class FakeClinicSettings(ClinicSettingsDesk):
    """`acts` holds (act id, name, value); with `fails` the next act fails."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        self.kept = ClinicSettings()
        self.acts: list[tuple[str, str, SettingValue]] = []
        self.fails: ExpectedError | None = None
        self._tell = tell

    def now(self) -> Future[ClinicSettings]:
        answer: Future[ClinicSettings] = Future()
        answer.set_result(self.kept)
        return answer

    def set(self, act_id: str, name: str, value: SettingValue) -> Future[ClinicSettings]:
        self.acts.append((act_id, name, value))
        answer: Future[ClinicSettings] = Future()
        if self.fails is not None:
            answer.set_exception(self.fails)
            self.fails = None
            return answer
        self.kept = replace(self.kept, **{name: value})  # type: ignore[arg-type]
        answer.set_result(self.kept)
        self._tell(Change(ChangeKind.SETTINGS))
        return answer

    def take_over(self, settings: Settings) -> Settings:
        return replace(settings, clinic=self.kept)
