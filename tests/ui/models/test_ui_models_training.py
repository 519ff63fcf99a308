"""A training from the page: whom it learns from, begun, stopped, taken up, compared."""

from dataclasses import replace

from PySide6.QtTest import QTest

from edema_desk.domain.models.training_plan import Learners, TrainingPlan
from edema_desk.domain.models.view import TrainingState, TrainingStep
from edema_desk.domain.terms.moment import Moment
from edema_desk.ui.models.compare_sheet import CompareSheet
from edema_desk.ui.models.page import ModelsPage
from edema_desk.ui.models.training_sheet import TrainingSheet
from tests.ui.fakes.models import OWN, FakeModels
from tests.ui.models.models_kit import Settle

PLAN = TrainingPlan("t", "clinic-b", True, (), "", 480.0, Moment(1_800_000_000_000, 540))


def test_whom_a_training_learns_from_is_counted_and_too_few_are_said(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    models.training.known = Learners(3, 40, 77, 1, 12)
    page.train.click()
    settle()
    sheet = page.sheet
    assert isinstance(sheet, TrainingSheet)
    assert "At least 5 patients" in sheet.too_few.text.text()
    assert not sheet.own.isEnabled()
    sheet.name_edit.setText("clinic-b")
    sheet.save()
    assert "whom to learn from" in sheet.wrong.text()
    sheet.add_study("/studies/one")
    sheet.save()
    assert "other people to judge" in sheet.wrong.text()
    sheet.judge_on("/studies/one")
    sheet.save()
    assert "cannot be learned from too" in sheet.wrong.text()
    sheet.judge_on("/studies/two")
    sheet.save()
    settle()
    (plan,) = models.training.asked
    assert isinstance(plan, TrainingPlan)
    assert (plan.own, plan.studies, plan.judged_on) == (False, ("/studies/one",), "/studies/two")


def test_a_training_is_begun_stopped_taken_up_and_its_model_compared(
    page: ModelsPage, models: FakeModels, settle: Settle
) -> None:
    page.train.click()
    settle()
    sheet = page.sheet
    assert isinstance(sheet, TrainingSheet)
    assert "14 patients with 1120 sessions and 2190 captures" in sheet._counted.text()
    assert "3 of the patients" in sheet._judge.text()
    sheet.learners = replace(models.training.known, judging_sessions=3)
    sheet.save()
    assert sheet.name.wrong.text()
    assert "have 3 sessions" in sheet.wrong.text()
    sheet.learners = models.training.known
    sheet.name_edit.setText("clinic-b")
    sheet.time.choose("120")
    sheet.save()
    settle()
    (plan,) = models.training.asked
    assert isinstance(plan, TrainingPlan)
    assert (plan.name, plan.own, plan.minutes) == ("clinic-b", True, 120.0)
    training = page.training
    assert training.isVisible()
    assert not page.train.isEnabled()
    models.training.stand(TrainingState(TrainingStep.TRAINS, PLAN, 0.42, 1800.0))
    settle()
    qtwait(page)
    assert training.what.text() == "clinic-b is being trained"
    assert training.left.text() == "42 % · about 30 min to go"
    models.training.stands_still = True
    training.retranslate()
    assert "stands still while a capture runs" in training.what.text()
    models.training.stands_still = False
    training.stop.click()
    qtwait(page)
    assert "laid aside" in training.what.text()
    models.training.stand(TrainingState(TrainingStep.WAITS, PLAN))
    qtwait(page)
    assert training.go_on.isVisible()
    training.go_on.click()
    qtwait(page)
    models.training.stand(TrainingState(TrainingStep.DONE, PLAN, 1.0, model_id=OWN.model_id))
    qtwait(page)
    assert "It is not in use yet." in training.what.text()
    training.compare.click()
    assert isinstance(page.sheet, CompareSheet)
    page.sheet.reject()
    training.close_.click()
    assert not training.isVisible()
    assert models.training.asked[1:] == ["stop", "go on"]


def qtwait(page: ModelsPage) -> None:
    """News came to the window's thread."""
    for _ in range(5):
        QTest.qWait(5)
    assert page.isVisible()
