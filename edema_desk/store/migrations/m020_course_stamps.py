"""When a course that was worked out is still what the records say."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS

_OF_CAPTURE = "select patient_id from assignment where capture_id = {row}.capture_id"
_WHOSE: dict[str, str] = {
    "session": "select {row}.patient_id",
    "dry_weight": "select {row}.patient_id",
    "schedule": "select {row}.patient_id",
    "weighing": "select patient_id from session where session_id = {row}.session_id",
    "assignment": "select {row}.patient_id union " + _OF_CAPTURE,
    "capture": _OF_CAPTURE,
    "recording": _OF_CAPTURE,
    "removal": _OF_CAPTURE,
    "estimate": "select patient_id from assignment where assignment_id = {row}.assignment_id",
}
"""Of every table a course is made of: whose course a row of it belongs to."""


@MIGRATIONS()
def m020_course_stamps(db: Database) -> None:
    """Each patient's stamp is another one as soon as any row changes that the course is made of.

    Random instead of counted: a backup that comes back must never meet what was worked out later
    under the same number.
    """
    db.executescript("""
        create table course_stamp (
            patient_id text primary key references patient (patient_id),
            stamp blob not null
        ) strict;
        insert into course_stamp select patient_id, randomblob(16) from patient;
    """)
    for table, whose in _WHOSE.items():
        for change, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
            patients = f"patient_id in ({whose.format(row=row)})"
            # deleted and inserted: an "insert or ignore" outside would also ignore in here
            db.execute(
                f"create trigger course_of_{table}_{change} after {change} on {table} begin "  # noqa: S608
                f"delete from course_stamp where {patients}; "
                "insert into course_stamp select patient_id, randomblob(16) "
                f"from patient where {patients}; end"
            )
