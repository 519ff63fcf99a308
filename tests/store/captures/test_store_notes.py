"""Notes and judgements: added, corrected, and never changed."""

from datetime import date

import pytest
from sqlcipher3 import dbapi2

from edema_desk.domain.terms.judgement import Confidence, NewJudgement
from edema_desk.domain.terms.notes import LONGEST_NOTE
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store
from edema_desk.store.captures.cards import session_pair
from edema_desk.store.captures.judgements import judge, judged_by, judgements_of
from edema_desk.store.captures.notes import add_note, correct_note, notes_of
from edema_desk.store.captures.removals import remove_capture
from edema_desk.store.people.erasing import erase_patient
from tests.store.store_samples import at, session_on, some_patient, stored_capture

DAY = date(2026, 3, 2)
CLINICIAN = Actor("clinician-1", frozenset({Role.CLINICIAN}), "Sato")
NURSE = Actor("nurse-1", frozenset({Role.NURSE}), "Mori")
LONG_AGO_MS = 0


class Seen:
    """A patient with a session that has both captures."""

    def __init__(self, store: Store, number: str = "1001") -> None:
        self.patient_id = some_patient(store, number)
        self.session_id = session_on(store, self.patient_id, DAY)
        of = (self.patient_id, self.session_id)
        self.pre = stored_capture(store, *of, Phase.PRE, at(DAY, 9)).capture_id
        self.post = stored_capture(store, *of, Phase.POST, at(DAY, 13)).capture_id


def codes(error: pytest.ExceptionInfo[ExpectedError]) -> ErrorCode:
    return error.value.code


# notes


def test_a_note_stands_beside_its_session(store: Store) -> None:
    seen = Seen(store)
    mine = store.by(CLINICIAN)
    made = add_note(mine, "a1", seen.patient_id, seen.session_id, "  足背に圧痕 \n")
    assert made.text == "足背に圧痕"
    assert made.actor == "clinician-1"
    assert add_note(mine, "a1", seen.patient_id, seen.session_id, "another") == made  # a retry
    on_patient = add_note(mine, new_id(), seen.patient_id, None, "salt")
    assert session_pair(store, seen.session_id).notes == (made,)
    assert notes_of(store, seen.patient_id) == (made, on_patient)


def test_a_correction_leaves_the_earlier_text_on_record(store: Store) -> None:
    seen = Seen(store)
    first = add_note(store, new_id(), seen.patient_id, seen.session_id, "lids swolen")
    second = correct_note(store, new_id(), first.note_id, "lids swollen", "spelling")
    assert (second.supersedes, second.reason) == (first.note_id, "spelling")
    assert session_pair(store, seen.session_id).notes == (first, second)
    with pytest.raises(ExpectedError) as caught:
        correct_note(store, new_id(), first.note_id, "again", "late")
    assert codes(caught) is ErrorCode.NOTE_CORRECTED
    assert correct_note(store, new_id(), second.note_id, "lids", "shorter").supersedes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ErrorCode.FIELD_EMPTY),
        (" \n\t", ErrorCode.FIELD_EMPTY),
        ("x" * (LONGEST_NOTE + 1), ErrorCode.FIELD_TOO_LONG),
    ],
)
def test_an_empty_note_and_an_endless_one_are_refused(
    store: Store, text: str, code: ErrorCode
) -> None:
    seen = Seen(store)
    with pytest.raises(ExpectedError) as caught:
        add_note(store, new_id(), seen.patient_id, seen.session_id, text)
    assert codes(caught) is code
    kept = add_note(store, new_id(), seen.patient_id, None, "x" * LONGEST_NOTE)
    with pytest.raises(ExpectedError) as caught:
        correct_note(store, new_id(), kept.note_id, text, "why")
    assert codes(caught) is code


def test_a_correction_needs_a_reason_and_a_session_of_that_patient(store: Store) -> None:
    seen, other = Seen(store), Seen(store, "1002")
    kept = add_note(store, new_id(), seen.patient_id, None, "salt")
    with pytest.raises(ExpectedError) as caught:
        correct_note(store, new_id(), kept.note_id, "more salt", " ")
    assert codes(caught) is ErrorCode.REASON_NEEDED
    with pytest.raises(ExpectedError) as caught:
        add_note(store, new_id(), seen.patient_id, other.session_id, "x")
    assert codes(caught) is ErrorCode.UNKNOWN_SESSION


def test_the_record_of_acts_holds_no_word_of_a_note(store: Store) -> None:
    seen = Seen(store)
    kept = add_note(store, new_id(), seen.patient_id, seen.session_id, "planted words")
    correct_note(store, new_id(), kept.note_id, "other planted words", "planted reason")
    with store.reading() as db:
        told = "".join(row[0] for row in db.execute("select details from audit").fetchall())
    assert kept.note_id in told
    assert "planted" not in told
    assert verify_audit(store).fault is None


# judgements


def test_judgements_of_both_faces_are_one_act(store: Store) -> None:
    seen = Seen(store)
    mine = store.by(CLINICIAN)
    wet = NewJudgement(seen.pre, True, Confidence.HIGH, 2.5)
    unclear = NewJudgement(seen.post)
    made = judge(mine, "a1", (wet, unclear), LONG_AGO_MS)
    assert [j.said for j in made] == [wet, unclear]
    assert {(j.actor, j.blind) for j in made} == {("clinician-1", True)}
    assert judge(mine, "a1", (wet,), None) == made  # a retry
    assert session_pair(store, seen.session_id).judgements == made
    assert judgements_of(store, seen.patient_id) == made
    assert judged_by(store, "clinician-1") == {seen.pre, seen.post}
    assert judged_by(store, "nurse-1") == frozenset()


def test_all_or_none(store: Store) -> None:
    seen, other = Seen(store), Seen(store, "1002")
    whole = NewJudgement(seen.pre, True, Confidence.HIGH)
    with pytest.raises(ExpectedError) as caught:
        judge(store, new_id(), (whole, NewJudgement(seen.post, True)), None)
    assert codes(caught) is ErrorCode.JUDGEMENT_INCOMPLETE
    with pytest.raises(ValueError, match="one patient"):
        judge(store, new_id(), (whole, NewJudgement(other.pre)), None)
    assert judgements_of(store, seen.patient_id) == ()


def test_blind_is_only_what_was_never_shown(store: Store) -> None:
    seen = Seen(store)
    mine = store.by(CLINICIAN)
    opened_ms = at(DAY, 9).utc_ms
    said = (NewJudgement(seen.pre, False, Confidence.LOW),)
    blind = [
        judge(mine, new_id(), said, since)[0].blind for since in (None, opened_ms, opened_ms - 1)
    ]
    assert blind == [False, False, False]  # the last is a second one
    another = Actor("clinician-2", frozenset({Role.CLINICIAN}))
    theirs = store.by(another)
    assert [judge(theirs, new_id(), said, opened_ms - 1)[0].blind for _ in range(2)] == [
        True,
        False,
    ]


def test_who_skips_a_judgement_says_why_and_is_not_blind_any_more(store: Store) -> None:
    seen = Seen(store)
    mine = store.by(CLINICIAN)
    skipped = judge(mine, new_id(), (NewJudgement(seen.pre, skipped=" acute "),), LONG_AGO_MS)[0]
    assert (skipped.said.skipped, skipped.blind) == ("acute", False)
    later = judge(mine, new_id(), (NewJudgement(seen.pre, True, Confidence.LOW),), LONG_AGO_MS)
    assert not later[0].blind
    assert judged_by(store, "clinician-1") == {seen.pre}


def test_a_deleted_face_is_not_judged(store: Store) -> None:
    seen = Seen(store)
    with store.reading() as db:
        db.execute("update capture set state = 'analysed' where capture_id = ?", [seen.pre])
    remove_capture(store, new_id(), seen.pre, "wrong person")
    with pytest.raises(ExpectedError) as caught:
        judge(store, new_id(), (NewJudgement(seen.pre),), None)
    assert codes(caught) is ErrorCode.CAPTURE_REMOVED


def test_rows_stay_as_they_were_written(store: Store) -> None:
    seen = Seen(store)
    add_note(store, new_id(), seen.patient_id, None, "salt")
    judge(store, new_id(), (NewJudgement(seen.pre),), None)
    for table, column in (("note", "text"), ("judgement", "skipped")):
        for sql in (f"update {table} set {column} = 'x'", f"delete from {table}"):  # noqa: S608
            with pytest.raises(dbapi2.IntegrityError), store.reading() as db:
                db.execute(sql)


def test_a_nurse_reads_and_writes_none(store: Store) -> None:
    seen = Seen(store)
    kept = add_note(store, new_id(), seen.patient_id, seen.session_id, "salt")
    nurse = store.by(NURSE)
    assert session_pair(nurse, seen.session_id).notes == (kept,)
    for refused in (
        lambda: add_note(nurse, new_id(), seen.patient_id, None, "x"),
        lambda: correct_note(nurse, new_id(), kept.note_id, "x", "y"),
        lambda: judge(nurse, new_id(), (NewJudgement(seen.pre),), None),
    ):
        with pytest.raises(ExpectedError) as caught:
            refused()
        assert codes(caught) is ErrorCode.NOT_ALLOWED


def test_both_go_with_the_patient(store: Store) -> None:
    seen = Seen(store)
    add_note(store, new_id(), seen.patient_id, seen.session_id, "salt")
    judge(store, new_id(), (NewJudgement(seen.pre, skipped="acute"),), None)
    erase_patient(store, new_id(), seen.patient_id, "1001", "asked for")
    assert (notes_of(store, seen.patient_id), judgements_of(store, seen.patient_id)) == ((), ())
    with store.reading() as db:
        assert {t: db.table(t).count for t in ("note", "judgement")} == {"note": 0, "judgement": 0}
