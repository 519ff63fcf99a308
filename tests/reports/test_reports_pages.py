"""What can be read, copied and searched in the PDFs: the figures of the screen and nothing else."""

import re
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, qGray
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from edema_desk.domain.course.belief import believe
from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.course.exporting import Period, study_code
from edema_desk.domain.reporting import Page, PatientPage
from edema_desk.domain.statistics.drift import Side, Watch
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.agreement_words import number_text
from edema_desk.plots.signs import SIGN_OF
from edema_desk.plots.style import LIGHT
from edema_desk.plots.trend_series import make_series
from edema_desk.plots.wording import excess
from edema_desk.reports.canvas import screenless_qt
from edema_desk.reports.output import PdfPages, page_picture
from edema_desk.reports.review_page import drift_text
from edema_desk.reports.session_table import against, session_cells
from edema_desk.reports.speaking import spoken
from edema_desk.ui.patient.trend_table import FIELDS, Column
from tests.reports.report_samples import (
    NONE,
    ONE_SESSION,
    TEN_YEARS,
    TODAY,
    agreement_page,
    clinic_of,
    patient_page,
    review_page,
)

pytestmark = pytest.mark.usefixtures("qtbot")
LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
NOTE = Note("n", "p0", None, "Ate salty food. 塩分多め", Moment.at_clinic(TODAY, 9, 0), "local")


def pdf(language: str, *pages: Page) -> bytes:
    screenless_qt()
    made = PdfPages(pages[0], language)
    for page in pages:
        made.add(page)
    return made.finished()


class Read:
    """A PDF as a reader of another program shows it."""

    def __init__(self, content: bytes) -> None:
        self.document = QPdfDocument()  # first: it goes before what it reads from
        self._device = QBuffer()
        self._device.setData(QByteArray(content))
        self._device.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._device)
        while self.document.status() is QPdfDocument.Status.Loading:
            QTest.qWait(1)
        self.pages = self.document.pageCount()
        self.text = "\n".join(
            self.document.getAllText(number).text() for number in range(self.pages)
        )

    def meta(self, field: QPdfDocument.MetaDataField) -> str:
        return str(self.document.metaData(field))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@LANGUAGES
def test_every_figure_of_a_session_can_be_copied(language: str) -> None:
    page = patient_page(clinic_of(20))
    text = flat(Read(pdf(language, page)).text)
    assert len(page.subject.trend.sessions) >= 8
    for session in page.subject.trend.sessions:
        with spoken(language):
            row = [cell for cell in session_cells(session, page.limits) if cell]
        assert flat(" ".join(row)) in text


def test_the_rows_hold_what_the_table_on_the_screen_holds() -> None:
    page = patient_page(clinic_of(40))
    readings = {(r.session, r.phase): r for r in make_series(page.subject.trend).readings}
    compared = 0
    for session in page.subject.trend.sessions:
        cells = session_cells(session, page.limits)
        for phase, weight, scale, estimate in ((Phase.PRE, 1, 3, 4), (Phase.POST, 2, 5, 6)):
            reading = readings.get((session, phase))
            if reading is None:
                assert (cells[weight], cells[scale], cells[estimate]) == ("", "", "")
                continue
            assert cells[weight] == FIELDS[Column.WEIGHT].text(reading)
            assert cells[scale] == FIELDS[Column.SCALE].text(reading)
            said = FIELDS[Column.ESTIMATE].text(reading), FIELDS[Column.SPREAD].text(reading)
            assert cells[estimate] == " ".join(part for part in said if part)
            compared += 1
        pre, post = readings.get((session, Phase.PRE)), readings.get((session, Phase.POST))
        if pre is not None:
            assert cells[7] == FIELDS[Column.GAIN].text(pre)
            assert cells[8].removeprefix("▲ ") == FIELDS[Column.GAIN_PERCENT].text(pre)
        if post is not None:
            assert cells[9].removeprefix("▲ ") == FIELDS[Column.UF_RATE].text(post)
    assert compared > 20


@LANGUAGES
def test_beliefs_and_limits_are_those_of_the_view(language: str) -> None:
    page = patient_page(clinic_of(60))
    text = Read(pdf(language, page)).text
    for phase in (Phase.PRE, Phase.POST):
        belief = believe(page.subject.trend, phase)
        assert belief is not None
        assert belief.usual_error_kg is not None
        assert f"{belief.estimate_error_kg:.2f} kg" in text
        assert f"{belief.usual_error_kg:.2f} kg" in text
    limits = page.view.limits
    assert f"{number_text(limits.bias_kg, signed=True)} kg" in text
    assert number_text(limits.low_kg, signed=True) in text
    assert number_text(limits.high_kg, signed=True) in text


@LANGUAGES
def test_agreement_tells_its_figures_with_their_intervals(language: str) -> None:
    page = agreement_page(clinic_of(60, patients=4))
    text = flat(Read(pdf(language, page)).text)
    told, limits = page.view.told, page.view.limits
    for one in (told.mae_kg, told.change_mae_kg, told.concordance):
        for value in (one.value, one.low, one.high):
            assert number_text(value) in text
    for share in (told.accuracy.value, told.majority, told.coverage.value):
        assert f"{round(100 * share)} %" in text
    for value in (limits.low_kg, limits.high_kg, *limits.low_between, *limits.high_between):
        assert number_text(value, signed=True) in text
    for one_guess in page.view.comparisons:
        assert number_text(one_guess.guess_mae_kg) in text


def test_all_ten_digits_and_signs_come_out_as_they_went_in() -> None:
    page = patient_page(clinic_of(200))
    text = Read(pdf("en", page)).text
    assert set("0123456789") <= set(text)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    assert "±0.4" in text
    assert "−0." in text


@LANGUAGES
def test_type_is_embedded_and_pages_are_a4(language: str) -> None:
    content = pdf(language, patient_page(clinic_of(60)))
    assert content.count(b"/FontFile") >= 2
    assert b"/Subtype /Image" not in content
    read = Read(content)
    assert read.pages == 1
    size = read.document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842)


@LANGUAGES
def test_what_stands_around_the_pages_names_nobody(language: str) -> None:
    clinic = clinic_of(20)
    person = clinic.patients["p0"]
    read = Read(pdf(language, patient_page(clinic)))
    fields = QPdfDocument.MetaDataField
    around = "".join(read.meta(field) for field in fields)
    assert read.meta(fields.Title)
    assert read.meta(fields.Author).startswith("EdemaDesk")
    for word in (person.name, person.kana, person.chart_number, study_code("p0")):
        assert word not in around


@LANGUAGES
def test_a_pseudonymous_page_holds_a_code_in_place_of_everything_that_names(language: str) -> None:
    clinic = clinic_of(40)
    person = clinic.patients["p0"]
    assert person.birth_date is not None
    pages: tuple[Page, ...] = (
        patient_page(clinic, pseudonymous=True),
        review_page(clinic, pseudonymous=True),
    )
    for page in pages:
        text = Read(pdf(language, page)).text
        assert study_code("p0") in text
        for word in (person.name, person.kana, person.chart_number, str(person.birth_date.year)):
            assert word not in text
    named = Read(pdf(language, patient_page(clinic))).text
    for word in (person.name, person.kana, person.chart_number, str(person.birth_date.year)):
        assert word in named


def test_every_page_says_that_it_is_for_research_twice_and_by_which_model() -> None:
    clinic = clinic_of(30, patients=2)
    for page in (patient_page(clinic), review_page(clinic), agreement_page(clinic)):
        text = Read(pdf("en", page)).text
        assert text.count("Research use, not for diagnosis") == 2
        assert page.models[0].model_id in text
        assert page.program_version in text
        assert "20 Nov 2026 14:05" in text
        japanese = Read(pdf("ja", page)).text
        assert japanese.count("研究用") == 2


@LANGUAGES
@pytest.mark.parametrize("days", [NONE, ONE_SESSION, TEN_YEARS])
def test_a_page_stays_one_however_much_there_is(days: int, language: str) -> None:
    clinic = clinic_of(days)
    pages = patient_page(clinic), review_page(clinic), agreement_page(clinic)
    for page in pages:
        read = Read(pdf(language, page))
        assert read.pages == 1
        assert "nan" not in read.text
    sessions = len(pages[0].subject.trend.sessions)
    text = Read(pdf("en", pages[0])).text
    if days == TEN_YEARS:
        assert re.search(rf"\d+ of {sessions:,} sessions, newest first", text)
    elif days == NONE:
        assert "No session in these days" in text


def test_the_newest_sessions_are_shown_and_the_rest_is_counted() -> None:
    page = patient_page(clinic_of(365))
    text = Read(pdf("en", page)).text
    found = re.search(r"(\d+) of (\d+) sessions, newest first", text)
    assert found is not None
    shown, all_ = int(found[1]), int(found[2])
    sessions = page.subject.trend.sessions
    assert all_ == len(sessions)
    days = [s.session.day for s in sessions[::-1]]
    assert f"{days[shown - 1]:%-d %b %Y}".replace("Sep ", "Sept ") in text
    assert text.count(f"{days[shown]:%-d %b %Y}".replace("Sep ", "Sept ")) == 0


def test_only_days_of_the_period_count() -> None:
    clinic = clinic_of(200)
    period = Period(TODAY - timedelta(days=30), TODAY - timedelta(days=3))
    page = patient_page(clinic, period)
    assert page.subject.trend.sessions
    for session in page.subject.trend.sessions:
        assert period.holds(session.session.day)
    assert page.view.captures == sum(
        1
        for session in page.subject.trend.sessions
        for entry in (session.pre, session.post)
        if entry is not None
        and entry.estimate is not None
        and entry.estimate.excess_kg is not None
        and entry.scale_excess_kg is not None
    )


@LANGUAGES
def test_a_review_holds_its_means_its_notes_and_room_to_write(language: str) -> None:
    page = review_page(clinic_of(100), notes=(NOTE,))
    text = flat(Read(pdf(language, page)).text)
    assert "Ate salty food. 塩分多め" in text
    posts = [s.post.scale_excess_kg for s in page.recent.sessions if s.post is not None]
    known = [value for value in posts if value is not None]
    for value in (sum(known) / len(known), min(known), max(known)):
        assert excess(value) in text
    rates = [s.uf_rate_ml_kg_h for s in page.recent.sessions if s.uf_rate_ml_kg_h is not None]
    for value in (sum(rates) / len(rates), min(rates), max(rates)):
        assert f"{value:.1f}" in text


def test_a_limit_that_is_passed_bears_a_mark_and_one_that_is_met_does_not() -> None:
    assert against(13.0, 13.0) == "13.0"
    assert against(13.1, 13.0) == "▲ 13.1"
    assert against(None, 13.0) == ""


def test_drift_is_told_with_its_side() -> None:
    screenless_qt()
    since = date(2026, 10, 1)
    above = Drift(Watch(9.0, 0.0, Side.ABOVE, 3), 20, since, 0.62)
    below = Drift(Watch(0.0, 9.0, Side.BELOW, 3), 20, since, -0.62)
    with spoken("en"):
        assert "above the scale, by 0.62 kg" in drift_text(above)
        assert "below the scale, by 0.62 kg" in drift_text(below)
        assert "1 Oct 2026" in drift_text(below)
        assert "No lasting" in drift_text(Drift(Watch(), 20))


def test_grey_print_shows_every_series_and_tells_them_apart_by_their_signs() -> None:
    greys = [qGray(QColor(one).rgb()) for one in (LIGHT.pre, LIGHT.post, LIGHT.muted)]
    assert max(greys) < 150
    assert len({SIGN_OF[phase] for phase in Phase}) == 3


def test_a_picture_of_a_page_has_its_shape_and_ink_on_it() -> None:
    screenless_qt()
    image = page_picture(patient_page(clinic_of(60)), "en", 420)
    assert image.size() == QSize(420, 594)
    colors = {image.pixelColor(x, y).name() for x in range(420) for y in range(0, 594, 2)}
    assert len(colors) > 20


def test_sheets_of_many_are_one_file() -> None:
    clinic = clinic_of(40, patients=3)
    page = review_page(clinic)
    assert isinstance(patient_page(clinic), PatientPage)
    assert Read(pdf("en", page, page, page)).pages == 3
