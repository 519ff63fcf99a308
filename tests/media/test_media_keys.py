"""Keys of captures: kept, found again by other processes, bound to their capture, destroyed."""

import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.children import child_environment
from edema_desk.media.keys import CaptureKeys, rewrap

DATA_KEY = bytes(range(32))


def missing(keys: CaptureKeys, capture_id: str) -> bool:
    try:
        keys.get(capture_id)
    except ExpectedError as error:
        return error.code is ErrorCode.CLIP_KEY_MISSING
    return False


def test_a_key_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keys = CaptureKeys(path, DATA_KEY)
    one, two = keys.new("one"), keys.new("two")
    assert one != two
    assert len(one) == 32
    again = CaptureKeys(path, DATA_KEY)
    assert (again.get("one"), again.get("two")) == (one, two)
    assert again.ids() == {"one", "two"}
    assert missing(again, "three")
    assert one.hex() not in path.read_text()
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


def test_without_a_file_there_is_no_key(tmp_path: Path) -> None:
    assert missing(CaptureKeys(tmp_path / "keys", DATA_KEY), "one")
    assert CaptureKeys(tmp_path / "keys", DATA_KEY).ids() == frozenset()


def test_another_data_key_opens_none(tmp_path: Path) -> None:
    CaptureKeys(tmp_path / "keys", DATA_KEY).new("one")
    assert missing(CaptureKeys(tmp_path / "keys", bytes(32)), "one")


def test_a_destroyed_key_is_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keys, elsewhere = CaptureKeys(path, DATA_KEY), CaptureKeys(path, DATA_KEY)
    keys.new("one")
    wrapped = path.read_text().split("\t")[1].strip()
    kept = keys.new("two")
    assert not missing(elsewhere, "one")
    keys.destroy("one")
    assert missing(keys, "one")
    assert missing(elsewhere, "one")
    assert elsewhere.ids() == {"two"}
    assert wrapped not in path.read_text()
    assert keys.get("two") == elsewhere.get("two") == kept
    fresh = keys.new("one")
    assert elsewhere.get("one") == fresh
    keys.destroy("never there")


def test_keys_cannot_be_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keys = CaptureKeys(path, DATA_KEY)
    keys.new("one")
    keys.new("two")
    (name_one, one), (name_two, two) = (line.split("\t") for line in path.read_text().splitlines())
    path.write_text(f"{name_one}\t{two}\n{name_two}\t{one}\n")
    fresh = CaptureKeys(path, DATA_KEY)
    assert missing(fresh, "one")
    assert missing(fresh, "two")


def test_a_line_cut_off_by_a_crash_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keys = CaptureKeys(path, DATA_KEY)
    one = keys.new("one")
    with path.open("a") as file:
        file.write("two\tabcdef")
    assert missing(keys, "two")
    three = CaptureKeys(path, DATA_KEY).new("three")
    for reader in (keys, CaptureKeys(path, DATA_KEY)):
        assert (reader.get("one"), reader.get("three")) == (one, three)
        assert missing(reader, "two")


@pytest.mark.parametrize("capture_id", ["", "a\tb", "a\nb", " a"])
def test_a_capture_id_is_one_word(tmp_path: Path, capture_id: str) -> None:
    with pytest.raises(ValueError, match="capture id"):
        CaptureKeys(tmp_path / "keys", DATA_KEY).new(capture_id)


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    script = f"""
        import sys
        from pathlib import Path
        from edema_desk.media.keys import CaptureKeys
        keys = CaptureKeys(Path({str(tmp_path / "keys")!r}), bytes(range(32)))
        for i in range(60):
            keys.new(f"{{sys.argv[1]}}-{{i}}")
            if i % 3 == 0:
                keys.destroy(f"{{sys.argv[1]}}-{{i}}")
    """
    both = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), name], env=child_environment()
        )
        for name in "ab"
    ]
    assert [process.wait() for process in both] == [0, 0]
    keys = CaptureKeys(tmp_path / "keys", DATA_KEY)
    wanted = {f"{name}-{i}" for name in "ab" for i in range(60) if i % 3}
    assert keys.ids() == wanted
    assert len({keys.get(capture_id) for capture_id in wanted}) == len(wanted)


def test_threads_share_one_object(tmp_path: Path) -> None:
    keys = CaptureKeys(tmp_path / "capture.keys", DATA_KEY)
    with ThreadPoolExecutor(4) as threads:
        made = dict(threads.map(lambda n: (f"c{n}", keys.new(f"c{n}")), range(40)))
        found = dict(threads.map(lambda name: (name, keys.get(name)), made))
    assert found == made


def test_one_more_key_among_many_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    CaptureKeys(path, DATA_KEY).new("first")
    line = path.read_text().replace("first", "c{:07}")
    path.write_text("".join(line.format(i) for i in range(50_000)))
    keys = CaptureKeys(path, DATA_KEY)
    keys.new("warm")
    before, inode = path.read_bytes(), path.stat().st_ino
    last = keys.new("last")
    assert keys.get("last") == last
    assert path.stat().st_ino == inode
    assert path.read_bytes()[: len(before)] == before
    assert path.stat().st_size - len(before) < 200


class KeyMachine(RuleBasedStateMachine):
    """Two readers of one file agree with a dictionary, whatever the order of acts."""

    made: Bundle[str] = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.keys = [CaptureKeys(Path(self.folder.name) / "keys", DATA_KEY) for _ in range(2)]
        self.model: dict[str, bytes] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(target=made, who=st.integers(0, 1), capture_id=st.sampled_from("abcd"))
    def new(self, who: int, capture_id: str) -> str:
        self.model[capture_id] = self.keys[who].new(capture_id)
        return capture_id

    @rule(who=st.integers(0, 1), capture_id=made)
    def destroy(self, who: int, capture_id: str) -> None:
        self.keys[who].destroy(capture_id)
        self.model.pop(capture_id, None)

    @rule(who=st.integers(0, 1), capture_id=made)
    def get(self, who: int, capture_id: str) -> None:
        if capture_id in self.model:
            assert self.keys[who].get(capture_id) == self.model[capture_id]
        else:
            assert missing(self.keys[who], capture_id)

    @rule(who=st.integers(0, 1))
    def ids(self, who: int) -> None:
        assert self.keys[who].ids() == set(self.model)


KeyMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestKeyMachine = KeyMachine.TestCase


def test_wrapped_by_another_data_key_they_are_the_same_keys(tmp_path: Path) -> None:
    path, target, new_key = tmp_path / "keys", tmp_path / "new", b"n" * 32
    keys = CaptureKeys(path, DATA_KEY)
    one, erased = keys.new("one"), keys.new("erased")
    keys.destroy("erased")
    newest = [keys.new("two") for _ in range(3)][-1]
    CaptureKeys(path, b"o" * 32).new("of another profile")
    assert rewrap(path, DATA_KEY, target, new_key) == 2
    again = CaptureKeys(target, new_key)
    assert (again.get("one"), again.get("two")) == (one, newest)
    assert again.ids() == {"one", "two"}
    assert again.new("three") == CaptureKeys(target, new_key).get("three")
    old_eyes = CaptureKeys(target, DATA_KEY)
    assert all(missing(old_eyes, capture_id) for capture_id in ("one", "two", "erased"))
    assert erased.hex().encode() not in target.read_bytes()
    assert CaptureKeys(path, DATA_KEY).get("one") == one
    with pytest.raises(FileExistsError):
        rewrap(path, DATA_KEY, target, new_key)
