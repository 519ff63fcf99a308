"""Rows of a course, and their numbers over the clinic."""

import numpy as np

from edema_desk.domain.course.course_rows import gathered, rows_of_course
from edema_desk.domain.terms.records import Patient
from tests.domain.course.test_domain_drift_view import FIRST, course_of


def test_a_row_says_what_its_capture_said() -> None:
    trend = course_of([(0.5, None), (-0.25,)])
    named = {e.capture.capture_id: "Webcam" for e in trend.entries()[1:] if e.capture}
    own = rows_of_course(trend, 2, named)
    course = gathered([(Patient("p", "1", "A"), own)])
    rows = course.rows
    assert rows.truth_kg.tolist() == [2.0, 0.0, 2.0]
    assert np.array_equal(rows.estimate_kg, [2.5, np.nan, 1.75], equal_nan=True)
    assert np.array_equal(rows.half_kg, [0.658, np.nan, 0.658], equal_nan=True)
    assert np.isnan(rows.p_edema).all()
    assert rows.pre.tolist() == [True, False, True]
    assert rows.session.tolist() == [0, 0, 1]
    assert (rows.day - FIRST.toordinal()).tolist() == [0, 0, 2]
    assert rows.shift.tolist() == [2, 2, 2]
    assert rows.camera.tolist() == [-1, 0, 0]
    assert (course.cameras, course.models) == (("Webcam",), ("base",))


def test_patients_are_numbered_and_their_names_shared() -> None:
    courses = [course_of([(0.1,), (0.2,)], "a"), course_of([], "b"), course_of([(0.3,)], "c")]
    seen = [e.capture.capture_id for e in courses[2].entries() if e.capture]
    cameras: list[dict[str, str]] = [{}, {}, {seen[0]: "Second"}]
    people = [Patient(i, i, i) for i in "abc"]
    own = [rows_of_course(t, n, c) for n, (t, c) in enumerate(zip(courses, cameras, strict=True))]
    rows = gathered(list(zip(people, own, strict=True))).rows
    assert rows.patient.tolist() == [0, 0, 2]
    assert rows.session.tolist() == [0, 1, 2]
    assert rows.camera.tolist() == [-1, -1, 0]
    assert rows.shift.tolist() == [0, 0, 2]


def test_what_has_no_weight_or_was_seen_by_no_model_has_no_row() -> None:
    trend = course_of([(0.1,), (0.2,)])
    assert len(rows_of_course(trend, 1, {}).table) == 2
    bare = type(trend)(trend.sessions, (), ())
    blind = type(trend)(
        tuple(type(s)(s.session, None, s.post, *([None] * 5)) for s in bare.sessions), (), ()
    )
    assert len(rows_of_course(blind, 1, {}).table) == 0
