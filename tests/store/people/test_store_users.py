"""Users and the clinic's settings: acts of an administrator, nothing overwritten, nobody named."""

import json
from datetime import date

import pytest

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import Actor, Role, User
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.settings import LIMITS, ClinicSettings, SettingValue
from edema_desk.store.base.clinic_settings import (
    clinic_settings,
    set_clinic_setting,
    settings_chosen,
)
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import session_pair
from edema_desk.store.people.users import (
    add_user,
    change_user,
    note_own_password,
    note_password,
    user,
    user_names,
    user_of_login,
    users,
)
from tests.store.store_samples import at, session_on, some_patient, weigh

DAY = date(2026, 3, 2)
ADMINISTRATOR, CLINICIAN, NURSE = Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE


def added(store: Store, login: str, *roles: Role) -> User:
    return add_user(store, new_id(), login, f"Name of {login}", roles)


def record(store: Store, kind: ActKind) -> list[dict[str, object]]:
    with store.reading() as db:
        rows = db.query("select details from audit where kind = ? order by seq", [kind.value])
        told = [json.loads(row["details"]) for row in rows]
    return [{name: one[name] for name in one if name != "rows"} for one in told]


def test_users_are_added_and_found_by_tidied_name(store: Store) -> None:
    mori = added(store, "  MORI ", ADMINISTRATOR, CLINICIAN)
    assert mori.login == "mori"
    assert user_of_login(store, "Ｍｏｒｉ") == mori == user(store, mori.user_id)
    assert user_of_login(store, "mor") is None
    assert users(store) == (mori,)
    assert user_names(store) == {mori.user_id: "Name of   MORI"}


def test_a_name_is_given_once_even_after_its_user_is_shut_out(store: Store) -> None:
    mori = added(store, "mori", NURSE)
    change_user(store, new_id(), mori.user_id, disabled=True)
    with pytest.raises(ExpectedError) as refused:
        added(store, "Mori", CLINICIAN)
    assert refused.value.code is ErrorCode.LOGIN_TAKEN


@pytest.mark.parametrize(
    ("login", "name", "roles", "code"),
    [
        ("  ", "Mori", [NURSE], ErrorCode.FIELD_EMPTY),
        ("mori", " ", [NURSE], ErrorCode.FIELD_EMPTY),
        ("m" * 65, "Mori", [NURSE], ErrorCode.FIELD_TOO_LONG),
        ("mori", "Mori", [], ErrorCode.ROLES_EMPTY),
    ],
)
def test_half_a_user_is_not_added(
    store: Store, login: str, name: str, roles: list[Role], code: ErrorCode
) -> None:
    with pytest.raises(ExpectedError) as refused:
        add_user(store, new_id(), login, name, roles)
    assert refused.value.code is code
    assert users(store) == ()


def test_nobody_is_made_the_program(store: Store) -> None:
    with pytest.raises(ValueError, match="given to nobody"):
        added(store, "hal", Role.PROGRAM)


def test_a_change_keeps_old_and_new_on_record_and_names_nobody(store: Store) -> None:
    mori = added(store, "mori", NURSE)
    changed = change_user(store, new_id(), mori.user_id, name="Sato", roles=[CLINICIAN])
    assert (changed.name, changed.roles) == ("Sato", frozenset({CLINICIAN}))
    change_user(store, new_id(), mori.user_id, disabled=True)
    assert record(store, ActKind.CHANGE_USER) == [
        {
            "user_id": mori.user_id,
            "other_name": True,
            "from_roles": ["nurse"],
            "roles": ["clinician"],
        },
        {"user_id": mori.user_id, "from_disabled": False, "disabled": True},
    ]
    with store.reading() as db:
        kept = [row["name"] for row in db.query("select name from user_state order by seq")]
        told = " ".join(row["details"] for row in db.query("select details from audit"))
    assert kept == ["Name of mori", "Sato", "Sato"]
    assert "mori" not in told
    assert "Sato" not in told


def test_a_repeated_act_adds_and_changes_once(store: Store) -> None:
    act_id = new_id()
    first = add_user(store, act_id, "mori", "Mori", [NURSE])
    assert add_user(store, act_id, "mori", "Mori", [NURSE]) == first
    assert len(users(store)) == 1


@pytest.mark.parametrize("change", [{"roles": [CLINICIAN]}, {"disabled": True}])
def test_the_last_administrator_stays(store: Store, change: dict[str, object]) -> None:
    last = added(store, "first", ADMINISTRATOR, CLINICIAN)
    gone = added(store, "second", ADMINISTRATOR)
    change_user(store, new_id(), gone.user_id, disabled=True)
    with pytest.raises(ExpectedError) as refused:
        change_user(store, new_id(), last.user_id, **change)  # type: ignore[arg-type]
    assert refused.value.code is ErrorCode.LAST_ADMINISTRATOR
    assert user(store, last.user_id) == last
    change_user(store, new_id(), gone.user_id, disabled=False)
    change_user(store, new_id(), last.user_id, **change)  # type: ignore[arg-type]


def test_who_is_no_user_is_not_changed(store: Store) -> None:
    for act in (
        lambda: change_user(store, new_id(), "nobody", name="X"),
        lambda: note_password(store, new_id(), "nobody"),
        lambda: note_own_password(store, new_id()),
    ):
        with pytest.raises(ExpectedError) as refused:
            act()
        assert refused.value.code is ErrorCode.UNKNOWN_USER


def test_everybody_changes_the_own_password_and_only_an_administrator_those_of_others(
    store: Store,
) -> None:
    mori = added(store, "mori", NURSE)
    as_mori = store.by(mori.actor)
    note_own_password(as_mori, new_id())
    with pytest.raises(ExpectedError) as refused:
        note_password(as_mori, new_id(), mori.user_id)
    assert refused.value.code is ErrorCode.NOT_ALLOWED
    note_password(store, new_id(), mori.user_id)
    assert record(store, ActKind.CHANGE_OWN_PASSWORD) == [{"user_id": mori.user_id}]
    assert record(store, ActKind.SET_PASSWORD) == [{"user_id": mori.user_id}]


@pytest.mark.parametrize("role", [NURSE, CLINICIAN])
def test_only_an_administrator_makes_users_and_settings(store: Store, role: Role) -> None:
    other = store.by(Actor("x", frozenset({role})))
    mori = added(store, "mori", ADMINISTRATOR)
    for act in (
        lambda: added(other, "x", ADMINISTRATOR),
        lambda: change_user(other, new_id(), mori.user_id, roles=[NURSE]),
        lambda: set_clinic_setting(other, new_id(), "lock_after_min", 15),
    ):
        with pytest.raises(ExpectedError) as refused:
            act()
        assert refused.value.code is ErrorCode.NOT_ALLOWED
    assert users(store) == (mori,)
    assert clinic_settings(store) == ClinicSettings()


def test_settings_are_kept_with_what_they_were(store: Store) -> None:
    assert settings_chosen(store) == frozenset()
    assert set_clinic_setting(store, new_id(), "gain_limit_percent", 4.5).gain_limit_percent == 4.5
    now = set_clinic_setting(store, new_id(), "gain_limit_percent", 5.0)
    assert now == clinic_settings(store) == ClinicSettings(gain_limit_percent=5.0)
    assert record(store, ActKind.SET_CLINIC_SETTING)[-1] == {
        "name": "gain_limit_percent",
        "from_value": 4.5,
        "value": 5.0,
    }
    assert settings_chosen(store) == {"gain_limit_percent"}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_setting_stays_within_its_limits(store: Store, name: str) -> None:
    kind = type(getattr(ClinicSettings(), name))
    least, most = LIMITS[name]
    for value in (least, most):
        set_clinic_setting(store, new_id(), name, kind(value))
    for value in (least - 1, most + 1):
        with pytest.raises(ExpectedError) as refused:
            set_clinic_setting(store, new_id(), name, kind(value))
        assert refused.value.code is ErrorCode.SETTING_OUT_OF_RANGE
    with pytest.raises(ExpectedError):
        set_clinic_setting(store, new_id(), "gain_limit_percent", float("nan"))


@pytest.mark.parametrize(("name", "value"), [("lock_after_min", 2.5), ("gain_limit_percent", "4")])
def test_a_setting_of_another_kind_is_a_bug(store: Store, name: str, value: SettingValue) -> None:
    with pytest.raises(TypeError):
        set_clinic_setting(store, new_id(), name, value)


def test_a_setting_of_a_newer_version_is_left_alone(store: Store) -> None:
    def act(name: str, value: str) -> None:
        with store.reading() as db:
            act_id = next(db.query("select act_id from act"))["act_id"]
            db.execute(
                "insert into clinic_setting (name, value, act_id) values (?, ?, ?)",
                [name, value, act_id],
            )

    added(store, "mori", NURSE)
    act("of_the_future", "1")
    act("lock_after_min", '"soon"')
    assert clinic_settings(store) == ClinicSettings()


def test_a_session_tells_the_names_of_who_entered_its_weights(store: Store) -> None:
    mori = added(store, "mori", NURSE)
    session_id = session_on(store, some_patient(store), DAY)
    weigh(store.by(mori.actor), session_id, Phase.PRE, 53_000, at(DAY))
    pair = session_pair(store.by(mori.actor), session_id)
    assert pair.names[pair.weighings[0].actor] == "Name of mori"
    change_user(store, new_id(), mori.user_id, name="Mori Aya", disabled=True)
    assert session_pair(store, session_id).names == {mori.user_id: "Mori Aya"}
