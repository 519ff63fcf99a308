"""Notes as they stand, with what they said before."""

from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import Note, note_threads


def note(number: int, supersedes: int | None = None) -> Note:
    before = None if supersedes is None else f"n{supersedes}"
    why = "" if supersedes is None else "slip"
    return Note(f"n{number}", "p", "s", f"text {number}", Moment(number, 540), "u", before, why)


def test_the_newest_note_is_first_and_a_correction_keeps_its_place() -> None:
    threads = note_threads([note(1), note(2), note(3, 1), note(4, 3)])
    assert [t.now.note_id for t in threads] == ["n2", "n4"]
    assert [n.note_id for n in threads[1].before] == ["n3", "n1"]
    assert threads[0].before == ()


@given(st.lists(st.booleans(), max_size=30))
def test_no_entry_is_lost_or_shown_twice(corrects: list[bool]) -> None:
    notes: list[Note] = []
    live: list[int] = []
    for number, correction in enumerate(corrects):
        before = live.pop(0) if correction and live else None
        notes.append(note(number, before))
        live.append(number)
    threads = note_threads(notes)
    shown = [n.note_id for t in threads for n in (t.now, *t.before)]
    assert sorted(shown) == sorted(n.note_id for n in notes)
    assert {t.now.note_id for t in threads} == {f"n{number}" for number in live}
