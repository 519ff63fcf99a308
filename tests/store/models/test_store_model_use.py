"""The pointer to the model in use, the way back, what was installed, whose signatures count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.keys.faults import translated
from edema_desk.store.models.models import ModelRecord, register_model
from edema_desk.store.models.signers import distrust_signer, trust_signer, trusted_signers
from edema_desk.store.models.use import (
    ModelInstall,
    earlier_model,
    installs,
    model_in_use,
    model_uses,
    record_install,
    use_earlier_model,
    use_model,
)

BASE = "base-0"


@pytest.fixture
def known(store: Store) -> Store:
    for name in (BASE, "a", "b", "c"):
        register_model(store, new_id(), ModelRecord(name, name[:1] * 64, {}))
    return store


def now(store: Store) -> str:
    use = model_in_use(store)
    return BASE if use is None else use.model_id


def back(store: Store) -> str:
    use_earlier_model(store, new_id(), BASE)
    return now(store)


def refusal(store: Store) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        use_earlier_model(store, new_id(), BASE)
    return caught.value.code


def test_before_anything_was_activated(known: Store) -> None:
    assert model_in_use(known) is None
    assert refusal(known) is ErrorCode.MODEL_NONE_BEFORE


def test_going_back_twice_goes_back_two(known: Store) -> None:
    for name in ("a", "b", "c"):
        use_model(known, new_id(), name, shipped=False)
    assert earlier_model(known, BASE) == ("b", False)
    assert [back(known) for _ in range(3)] == ["b", "a", BASE]
    assert refusal(known) is ErrorCode.MODEL_NONE_BEFORE
    assert [use.model_id for use in model_uses(known)] == ["a", "b", "c", "b", "a", BASE]
    assert verify_audit(known).sound


def test_from_the_shipped_one_back_to_what_was_before(known: Store) -> None:
    use_model(known, new_id(), "a", shipped=False)
    use_model(known, new_id(), BASE, shipped=True)
    assert back(known) == "a"
    assert back(known) == BASE


def test_a_newer_shipped_model_is_what_shipped_means(known: Store) -> None:
    use_model(known, new_id(), BASE, shipped=True)
    use_model(known, new_id(), "a", shipped=False)
    assert earlier_model(known, "b") == ("b", True)


def test_activating_what_is_in_use_leaves_the_way_back(known: Store) -> None:
    use_model(known, new_id(), "a", shipped=False)
    use_model(known, new_id(), "a", shipped=False)
    assert back(known) == BASE


def test_a_retried_switch_is_one_switch(known: Store) -> None:
    use_model(known, "act", "a", shipped=False)
    use_model(known, new_id(), "b", shipped=False)
    use_model(known, "act", "a", shipped=False)
    assert now(known) == "b"
    use_earlier_model(known, "back", BASE)
    use_earlier_model(known, "back", BASE)
    assert now(known) == "a"


@settings(max_examples=15)  # each makes a database
@given(st.lists(st.sampled_from(["a", "b", "c", "back"]), max_size=12))
def test_the_way_back_is_a_stack(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    with open_store(Profile(tmp_path_factory.mktemp("p") / "clinic")) as store:
        for name in (BASE, "a", "b", "c"):
            register_model(store, new_id(), ModelRecord(name, name[:1] * 64, {}))
        stack = [BASE]
        for step in steps:
            if step != "back":
                use_model(store, new_id(), step, shipped=False)
                stack += [step] if stack[-1] != step else []
            elif len(stack) > 1:
                stack.pop()
                use_earlier_model(store, new_id(), BASE)
            else:
                assert refusal(store) is ErrorCode.MODEL_NONE_BEFORE
            assert now(store) == stack[-1]


def test_a_model_nobody_registered_cannot_be_used(known: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        use_model(known, new_id(), "nobody", shipped=False)
    assert model_in_use(known) is None


def test_history_is_never_rewritten(known: Store) -> None:
    use_model(known, new_id(), "a", shipped=False)
    record_install(known, new_id(), ModelInstall("a", "1" * 64, None))
    trust_signer(known, new_id(), bytes(32))
    for table in ("model_use", "model_install", "model_signer"):
        for act in (f"delete from {table}", f"update {table} set seq = 9"):  # noqa: S608
            with (
                pytest.raises(Exception, match="append-only"),
                translated(known.profile),
                known.reading() as db,
            ):
                db.execute(act)


def test_one_model_has_one_card(known: Store) -> None:
    record_install(known, new_id(), ModelInstall("a", "1" * 64, None))
    record_install(known, new_id(), ModelInstall("a", "1" * 64, "ab" * 32))
    with pytest.raises(ExpectedError) as caught:
        record_install(known, new_id(), ModelInstall("a", "2" * 64, None))
    assert caught.value.code is ErrorCode.MODEL_ALTERED
    assert installs(known) == {"a": ModelInstall("a", "1" * 64, "ab" * 32)}


def test_signers_come_and_go(known: Store) -> None:
    assert trusted_signers(known) == {}
    first = trust_signer(known, new_id(), bytes(32))
    second = trust_signer(known, new_id(), bytes([1]) * 32)
    distrust_signer(known, new_id(), first)
    assert trusted_signers(known) == {second: bytes([1]) * 32}
    with pytest.raises(ExpectedError) as caught:
        distrust_signer(known, new_id(), first)
    assert caught.value.code is ErrorCode.MODEL_KEY_INVALID
    assert trust_signer(known, new_id(), bytes(32)) == first
    assert set(trusted_signers(known)) == {first, second}
