"""Which captures count: origin, patient, shift, camera, model and period, side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QSizePolicy, QWidget

from edema_desk.domain.course.agreement_view import AgreementChoice
from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.exporting import Period
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.ui.agreement.patient_choice import PatientChoice
from edema_desk.ui.parts.choice_box import ChoiceBox
from edema_desk.ui.parts.phrases import origin_word, shift_text
from edema_desk.ui.parts.widgets import button, column, label, row
from edema_desk.ui.pieces.models_words import short_name

ALL, MONTH, QUARTER, YEAR, OWN = "all", "30", "90", "365", "own"
_EVERY = -2
"""No filter; -1 stands for a capture without a shift, camera or model."""
_LEAST_PX = 118


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen, by names that outlive the numbers of a course."""

    patient_id: str = ""
    shift: int | None = None
    camera: str | None = None
    model: str | None = None
    period: Period = Period()  # noqa: RUF009  # frozen
    origin: str | None = None

    def choice(self, course: ClinicCourse) -> AgreementChoice:
        """In the numbers of a course. Who or what is not in it has no captures."""
        patients = [one.patient_id for one in course.patients]
        return AgreementChoice(
            patient=_place(patients, self.patient_id or None),
            shift=self.shift,
            camera=_place(course.cameras, self.camera),
            model=_place(course.models, self.model),
            period=self.period,
            origin=self.origin,
        )


def _place(names: list[str] | tuple[str, ...], name: str | None) -> int | None:
    if name is None:
        return None
    return names.index(name) if name in names else len(names)


class AgreementFilters(QWidget):
    """`changed()` when another choice is made. It stays until the window is closed."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._course: ClinicCourse | None = None
        self.origin, self.patient = ChoiceBox(), PatientChoice()
        self.shift, self.camera, self.model = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.period = ChoiceBox()
        for key in (ALL, MONTH, QUARTER, YEAR, OWN):
            self.period.addItem("", key)
        self.first, self.last = QDateEdit(), QDateEdit()
        self._from, self._to = label("muted"), label("muted")
        self.reset = button("quiet")
        for box in (self.origin, self.patient, self.shift, self.camera, self.model, self.period):
            box.setMinimumWidth(_LEAST_PX)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.origin.hide()
        self.origin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.origin.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.origin.setMaximumWidth(230)
        self.shift.setMaximumWidth(170)
        self.period.setMaximumWidth(190)
        self.own = QWidget()
        self.own.setLayout(row(None, self._from, self.first, self._to, self.last, gap=10))
        self.own.hide()
        boxes = row(
            *(self.origin, self.patient, self.shift, self.camera, self.model, self.period),
            self.reset,
            gap=10,
        )
        for place, stretch in ((1, 3), (3, 2), (4, 2)):
            boxes.setStretch(place, stretch)
        self.setLayout(column(boxes, self.own, gap=10))
        self._set_up_days()
        self._connect()
        self.retranslate()
        self._show_reset()

    def _set_up_days(self) -> None:
        today = self._today()
        for field, day in ((self.first, today - timedelta(days=30)), (self.last, today)):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy-MM-dd")
            field.setDate(QDate(day.year, day.month, day.day))
            field.setKeyboardTracking(False)

    def _connect(self) -> None:
        self.patient.patient_chosen.connect(self._on_chosen)
        self.origin.activated.connect(self._on_origin)
        for box in (self.shift, self.camera, self.model, self.period):
            box.activated.connect(self._on_chosen)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._on_chosen)
        self.reset.clicked.connect(self.clear)

    @property
    def wanted(self) -> Wanted:
        """What is chosen now."""
        shift = self.shift.currentData()
        return Wanted(
            patient_id=self.patient.patient_id,
            shift=None if shift in (None, _EVERY) else int(shift),
            camera=self.camera.currentData() or None,
            model=self.model.currentData() or None,
            period=self._period(),
            origin=self.origin.currentData() if self.origin.currentIndex() > 0 else None,
        )

    def choice(self, course: ClinicCourse) -> AgreementChoice:
        """What is chosen now, in the numbers of a course."""
        return self.wanted.choice(course)

    def offer(self, course: ClinicCourse) -> None:
        """What there is to choose from; what is chosen stays."""
        self._course = course
        self._fill_origins(course)
        self._offer_patients()
        self._fill()
        self._show_reset()

    def choose_patient(self, patient_id: str) -> None:
        """One patient, or everybody with ""; tells nobody."""
        people = () if self._course is None else self._course.patients
        for one in people:
            if one.patient_id == patient_id:
                self.origin.setCurrentIndex(max(self.origin.findData(one.origin), 0))
                self._offer_patients()
        self.patient.choose(patient_id)
        self._show_reset()

    def clear(self) -> None:
        """All captures count again, of the origin that comes first."""
        self.patient.choose("")
        self.origin.setCurrentIndex(0)
        self._offer_patients()
        for box in (self.shift, self.camera, self.model, self.period):
            box.setCurrentIndex(0)
        self._on_chosen()

    def _on_origin(self) -> None:
        """Whose patients: those of another origin are not to be chosen among."""
        self._offer_patients()
        self._on_chosen()

    def _offer_patients(self) -> None:
        people = () if self._course is None else self._course.patients
        origin = self.origin.currentData()
        self.patient.offer([one for one in people if one.origin == origin])

    def _fill_origins(self, course: ClinicCourse) -> None:
        """The first is what counts as long as nothing is chosen. The clinic's own patients alone
        need no word; people who are made up or came with a study always have one."""
        chosen = self.origin.currentData() if self.origin.currentIndex() > 0 else None
        self.origin.clear()
        for origin in course.origins:
            self.origin.addItem(origin_word(origin) or self.tr("The clinic's own"), origin)
        self.origin.setCurrentIndex(max(self.origin.findData(chosen), 0))
        self.origin.setVisible(bool(set(course.origins) - {CLINIC_ORIGIN}))

    def _on_chosen(self) -> None:
        self.own.setVisible(self.period.currentData() == OWN)
        self._show_reset()
        self.changed.emit()

    def _show_reset(self) -> None:
        self.reset.setEnabled(self.wanted != Wanted())

    def _period(self) -> Period:
        key = str(self.period.currentData())
        if key == OWN:
            first, last = (_day(field) for field in (self.first, self.last))
            return Period(min(first, last), max(first, last))
        if key == ALL:
            return Period()
        return Period(first=self._today() - timedelta(days=int(key) - 1))

    def _fill(self) -> None:
        """Boxes with one thing to choose are in the way."""
        course = self._course
        shifts = [] if course is None else sorted({int(s) for s in set(course.rows.shift.tolist())})
        named = [(shift_text(shift), shift) for shift in shifts if shift > 0]
        self._fill_box(self.shift, self.tr("All shifts"), _EVERY, named)
        cameras = () if course is None else course.cameras
        self._fill_box(self.camera, self.tr("All cameras"), "", [(c, c) for c in sorted(cameras)])
        models = () if course is None else course.models
        self._fill_box(self.model, self.tr("All models"), "", [(short_name(m), m) for m in models])

    @staticmethod
    def _fill_box(
        box: QComboBox,
        every: str,
        none: int | str,
        named: list[tuple[str, int]] | list[tuple[str, str]],
    ) -> None:
        chosen = box.currentData()
        box.clear()
        box.addItem(every, none)
        for name, data in named:
            box.addItem(name, data)
        if chosen not in (None, none) and box.findData(chosen) < 0:
            box.addItem(str(chosen), chosen)  # gone since; saying so is better than dropping it
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def retranslate(self) -> None:
        """Set every text again."""
        self._fill()
        for place in range(self.origin.count()):
            origin = self.origin.itemData(place)
            self.origin.setItemText(place, origin_word(origin) or self.tr("The clinic's own"))
        for place, said in enumerate(
            (
                self.tr("All time"),
                self.tr("Last 30 days"),
                self.tr("Last 90 days"),
                self.tr("Last year"),
                self.tr("From … to …"),
            )
        ):
            self.period.setItemText(place, said)
        self._from.setText(self.tr("From"))
        self._to.setText(self.tr("to"))
        self.reset.setText(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Count all captures again"))
        self.origin.setAccessibleName(self.tr("Where they come from"))
        self.shift.setAccessibleName(self.tr("Shift"))
        self.camera.setAccessibleName(self.tr("Camera"))
        self.model.setAccessibleName(self.tr("Model"))
        self.period.setAccessibleName(self.tr("Period"))
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _day(field: QDateEdit) -> date:
    held = field.date()
    return date(held.year(), held.month(), held.day())
