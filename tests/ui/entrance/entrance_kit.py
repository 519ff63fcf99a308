"""The ways into a profile with its real keys, and made-up desks behind them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from edema_desk.flow.desk import Desk
from edema_desk.flow.people.access import make_first_administrator, reset_administrator
from edema_desk.jobs.entrance import WayIn, way_into
from edema_desk.paths import Profile
from edema_desk.store.base.entered import Entered, enter_here
from edema_desk.ui.entrance.window import EntranceWindow
from tests.flow.people.signed_in import ADMINISTRATOR, CHEAP, PASSWORD
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.made_up_clinic import made_up_clinic

WAIT_MS = 20_000


class Ways:
    """The real ways into a profile, with keys that are derived in no time and made-up desks."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.desks: list[FakeDesk] = []
        self.opened_by: list[str] = []

    def made(self) -> WayIn:
        profile = self.profile

        def make_first(login: str, name: str, password: str) -> str:
            return make_first_administrator(enter_here(profile), login, name, password, CHEAP)

        def reset(into: Entered, user_id: str, password: str) -> str:
            return reset_administrator(into, user_id, password, CHEAP)

        return replace(way_into(profile), make_first=make_first, reset=reset, open=self.open)

    def open(self, into: Entered) -> Desk:
        made = FakeDesk(made_up_clinic(2, 2, TODAY), self.profile.root)
        made.sitting.take(into.actor)
        self.opened_by.append(into.actor.name or into.actor.actor_id)
        self.desks.append(made)
        return made

    def close(self) -> None:
        for desk in self.desks:
            desk.close()


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[Ways]:
    made = Ways(Profile(tmp_path / "profile"))
    yield made
    made.close()


def type_first(window: EntranceWindow) -> None:
    first = window.first
    first.name_edit.setText("Hana Mori")
    first.login_edit.setText(ADMINISTRATOR)
    first.password.first_edit.setText(PASSWORD)
    first.password.again_edit.setText(PASSWORD)
