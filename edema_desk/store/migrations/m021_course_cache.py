"""Courses that were worked out once, so that ten years open as fast as ten days."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS

_OF_CAPTURE = "select patient_id from assignment where capture_id = {row}.capture_id"
_CHANGES: dict[str, str] = {
    "session": "{row}.patient_id",
    "dry_weight": "{row}.patient_id",
    "schedule": "{row}.patient_id",
    "weighing": "select patient_id from session where session_id = {row}.session_id",
    "assignment": "{row}.patient_id union " + _OF_CAPTURE,
    "capture": _OF_CAPTURE,
    "recording": _OF_CAPTURE,
    "removal": _OF_CAPTURE,
    "estimate": "select patient_id from assignment where assignment_id = {row}.assignment_id",
}


@MIGRATIONS()
def m021_course_cache(db: Database) -> None:
    """A patient's course as the pages read it, dropped by triggers as soon as any row changes
    that it was made of.

    Only a copy: whatever it holds can be made again. `layout` says how the bytes are laid out.
    """
    db.executescript("""
        create table course_cache (
            patient_id text primary key references patient (patient_id),
            layout integer not null,
            course blob not null,
            clinic_rows blob not null,
            names text not null check (json_valid(names))
        ) strict;
    """)
    for table, whose in _CHANGES.items():
        for change, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
            patients = whose.format(row=row)
            chosen = patients if patients.startswith("select") else f"select {patients}"
            db.execute(
                f"create trigger course_of_{table}_{change} after {change} on {table} begin "  # noqa: S608
                f"delete from course_cache where patient_id in ({chosen}); end"
            )
