"""Each kind of page, drawn."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter

from edema_desk.domain.reporting import AgreementPage, Page, PatientPage
from edema_desk.reports.agreement_page import draw_agreement
from edema_desk.reports.paper import Paper
from edema_desk.reports.patient_page import draw_patient
from edema_desk.reports.review_page import draw_review


def draw_page(painter: QPainter, page: Page) -> None:
    """One page, in tenths of a millimetre from its corner. On the application's thread."""
    paper = Paper(painter)
    if isinstance(page, PatientPage):
        draw_patient(paper, page)
    elif isinstance(page, AgreementPage):
        draw_agreement(paper, page)
    else:
        draw_review(paper, page)


def report_title(page: Page) -> str:
    """What kind of report it is; nobody's name."""
    translate = QCoreApplication.translate
    if isinstance(page, PatientPage):
        return translate("Report", "Patient report")
    if isinstance(page, AgreementPage):
        return translate("Report", "Agreement report")
    return translate("Report", "Dry-weight review sheet")
