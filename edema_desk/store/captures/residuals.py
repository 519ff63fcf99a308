"""How far past estimates were off the scale: what the width of an interval may rest on."""

from datetime import date

from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.store.base.database import Store
from edema_desk.store.people.consents import STILL_LEARNED_FROM
from edema_desk.store.people.patients import dry_weights_between

MOST_RESIDUALS = 500
"""The newest of them: more would hardly change the width."""

NEWEST_RESIDUALS = f"""
    select a.patient_id, s.day, w.gross_g - w.tare_g as net_g, e.excess_kg, e.sd_kg
    from estimate e
    cross join assignment_now a on a.assignment_id = e.assignment_id
    cross join patient p on p.patient_id = a.patient_id
    cross join session s on s.session_id = a.session_id
    cross join weighing_now w on w.session_id = a.session_id and w.phase = a.phase
    where e.model_id = ? and e.transfer = ?
        and e.sd_kg > 0 and e.excess_kg is not null and a.capture_id <> ?
        and p.origin = (select origin from patient where patient_id = ?)
        and (p.patient_id = ? or ({STILL_LEARNED_FROM}))
        and not exists (select 1 from estimate later
            where later.assignment_id = e.assignment_id and later.seq > e.seq)
    order by e.seq desc limit ?
"""  # noqa: S608  its own words
"""`cross join` keeps SQLite to this order: from the newest estimate backwards until there are
enough, which takes no longer in a clinic of ten years."""


def normalised_residuals_of(
    store: Store, patient_id: str, model_id: str, transfer: TransferKind, *, but: str
) -> dict[str, list[float]]:
    """Estimate less scale, over the estimate's own standard deviation, of the estimates in force
    that `model_id` made by `transfer`: by patient, over those of the same origin as
    `patient_id`. Each was made before its scale weight could be used. Not that of capture `but`,
    nor those of others who withdrew the consent for care or training.
    """
    with store.reading() as db:
        found = list(
            db.query(
                NEWEST_RESIDUALS,
                [model_id, transfer.value, but, patient_id, patient_id, MOST_RESIDUALS],
            )
        )
        if not found:
            return {}
        days = [date.fromisoformat(row["day"]) for row in found]
        people = list(dict.fromkeys(row["patient_id"] for row in found))
        steps = dry_weights_between(db, people, min(days), max(days))
    residuals: dict[str, list[float]] = {}
    for row, day in zip(found, days, strict=True):
        dry_g = dry_weight_on(day, steps[row["patient_id"]])
        if dry_g is not None:
            scale_kg = (row["net_g"] - dry_g) / 1000
            residual = (row["excess_kg"] - scale_kg) / row["sd_kg"]
            residuals.setdefault(row["patient_id"], []).append(residual)
    return residuals
