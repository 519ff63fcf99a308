"""The group `patients`: who there is, and erasing somebody for good."""

from pathlib import Path

import click

from edema_desk.commands.shell import entered_at, profile_option, told_plainly
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.records.erasing import erase_whole_patient
from edema_desk.store.base.database import open_store
from edema_desk.store.people.erasing import erased_patients
from edema_desk.store.people.patients import patient_by_number
from edema_desk.store.people.patients import patients as all_patients
from edema_desk.store.people.retention import announced


@click.group()
def patients() -> None:
    """Who there is, and erasing somebody for good."""


@patients.command(name="list")
@click.option("--erased", is_flag=True, help="Those who were erased instead, by their ids.")
@profile_option
def list_(erased: bool, profile_dir: Path | None) -> None:
    """Everybody's chart number and origin, and whose retention period is over."""
    with told_plainly(), open_store(entered_at(profile_dir)) as store:
        if erased:
            for gone in erased_patients(store):
                click.echo(f"{gone.patient_id}  {gone.at.day}  {gone.actor}  {gone.reason}")
            return
        over = announced(store)
        for one in all_patients(store):
            since = over.get(one.patient_id)
            said = f"retention over, announced {since}" if since else ""
            click.echo(f"{one.chart_number:16} {one.origin:12} {said}".rstrip())


@patients.command()
@click.argument("chart_number", metavar="CHART")
@click.option("--reason", required=True, help="Why; without the name. It stays on record.")
@click.option("--again", "again", metavar="CHART", help="The chart number again; else it is asked.")
@profile_option
def erase(chart_number: str, reason: str, again: str | None, profile_dir: Path | None) -> None:
    """Erase the patient CHART: pictures, weights, estimates, name. It cannot be undone.

    What stays are ids and days, and the record of acts, which holds no names. Copies of the clips
    are shut with their keys. Backups from before are dropped within 90 days.
    """
    with told_plainly(), Clinic(entered_at(profile_dir)) as clinic:
        known = clinic.database.call(lambda store: patient_by_number(store, chart_number))
        typed = again or click.prompt("This cannot be undone. The chart number again")
        erase_whole_patient(clinic, new_id(), known.patient_id, typed, reason)
        click.echo("The patient is erased.")
