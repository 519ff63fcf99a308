"""What Agreement counts over: a patient's captures of known excess, with shift and camera."""

from sqlite_utils import Database

from edema_desk.domain.course.course_rows import CourseRows, rows_of_course
from edema_desk.domain.course.trend import Trend


def rows_in(db: Database, patient_id: str, trend: Trend) -> CourseRows:
    """Of a course that was read already, within the transaction."""
    found = db.execute("select shift from schedule where patient_id = ?", [patient_id]).fetchone()
    return rows_of_course(trend, int(found[0]) if found else -1, _cameras(db, patient_id))


def _cameras(db: Database, patient_id: str) -> dict[str, str]:
    """What the camera of each recorded capture is called."""
    found = db.execute(
        """
        select r.capture_id, coalesce(nullif(json_extract(r.camera, '$.name'), ''),
            json_extract(r.camera, '$.locator'))
        from recording r join assignment a on a.capture_id = r.capture_id
        where a.patient_id = ?
        """,
        [patient_id],
    )
    return dict(found.fetchall())
