"""The group `consent`: what patients agreed to, given and withdrawn."""

from datetime import datetime
from pathlib import Path

import click

from edema_desk.commands.shell import entered_at, profile_option, told_plainly
from edema_desk.domain.keeping.consent import ConsentState, Purpose
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.records.erasing import destroy_pictures_of
from edema_desk.store.base.database import open_store
from edema_desk.store.models.models import models_that_saw
from edema_desk.store.people.consents import consent_entries, set_consent, standings_of
from edema_desk.store.people.patients import patient_by_number, patients

_SAID = {
    ConsentState.NEVER_ASKED: "not asked",
    ConsentState.GIVEN: "given",
    ConsentState.WITHDRAWN: "withdrawn",
    ConsentState.BY_STUDY: "by the study",
}
_RETRAIN = "`edema-desk pretrain --database --out NEW` trains one without."
_chart = click.argument("chart_number", metavar="CHART")
_purpose = click.argument("purpose", type=click.Choice([p.value for p in Purpose]))
_day = click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When the patient said so. Default: today.",
)


@click.group()
def consent() -> None:
    """What patients agreed to: to be recorded for care, to train models, for research."""


@consent.command(name="list")
@click.argument("chart_number", metavar="CHART", required=False)
@profile_option
def list_(chart_number: str | None, profile_dir: Path | None) -> None:
    """How it stands with every patient, or all answers of one, and the models that learned from
    them."""
    with told_plainly(), open_store(entered_at(profile_dir)) as store:
        if chart_number is None:
            for one in patients(store):
                stand = standings_of(store, one.patient_id)
                said = "  ".join(f"{p.value} {_SAID[stand[p].state]:12}" for p in Purpose)
                click.echo(f"{one.chart_number:16} {said}".rstrip())
            return
        patient_id = patient_by_number(store, chart_number).patient_id
        for entry in consent_entries(store, patient_id):
            word = "given" if entry.given else "withdrawn"
            line = f"{entry.day}  {entry.purpose.value:9} {word:10} {entry.remark}"
            click.echo(line.rstrip())
        for model_id in models_that_saw(store, patient_id):
            click.echo(f"trained on this patient: {model_id}")


@consent.command()
@_chart
@_purpose
@_day
@click.option("--remark", default="", help="Who was present, or where the paper is.")
@profile_option
def give(
    chart_number: str, purpose: str, day: datetime | None, remark: str, profile_dir: Path | None
) -> None:
    """Keep that the patient CHART agrees to PURPOSE."""
    with told_plainly(), open_store(entered_at(profile_dir)) as store:
        patient_id = patient_by_number(store, chart_number).patient_id
        said_on = day.date() if day else Moment.now().day
        set_consent(
            *(store, new_id(), patient_id, Purpose(purpose), said_on), given=True, remark=remark
        )
        click.echo(f"Consent for {purpose} is on record.")


@consent.command()
@_chart
@_purpose
@_day
@click.option("--remark", required=True, help="How the patient said so.")
@click.option(
    "--destroy",
    is_flag=True,
    help="Destroy all pictures and clips of the patient as well. Only for care.",
)
@profile_option
def withdraw(
    chart_number: str,
    purpose: str,
    day: datetime | None,
    remark: str,
    destroy: bool,
    profile_dir: Path | None,
) -> None:
    """Keep that the patient CHART no longer agrees to PURPOSE.

    A recording that runs in the window is not ended from here: withdraw it there.
    """
    if destroy and purpose != Purpose.CARE.value:
        raise click.UsageError("Pictures are destroyed when the consent for care is withdrawn.")
    with told_plainly(), Clinic(entered_at(profile_dir)) as clinic:
        database = clinic.database
        patient_id = database.call(lambda s: patient_by_number(s, chart_number)).patient_id
        said_on = day.date() if day else Moment.now().day
        database.call(
            lambda s: set_consent(
                *(s, new_id(), patient_id, Purpose(purpose), said_on), given=False, remark=remark
            )
        )
        click.echo(f"The consent for {purpose} is withdrawn.")
        if destroy:
            gone = destroy_pictures_of(clinic, new_id(), patient_id)
            click.echo(f"The keys of {len(gone)} captures are destroyed.")
        if purpose == Purpose.TRAINING.value:
            for model_id in database.call(lambda s: models_that_saw(s, patient_id)):
                click.echo(f"{model_id} was trained on this patient. {_RETRAIN}")
