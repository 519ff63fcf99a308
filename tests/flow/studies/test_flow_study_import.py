"""Study folders come in day by day, once, with what is wrong listed by line."""

from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient, PatientCard
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.studies.taking_in import ImportSummary, import_study
from edema_desk.store.audit.verifying import audit_head
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.worklist import counts
from edema_desk.store.people.patients import add_patient, patients
from tests.flow.made_up_worker import MadeUpWorker, clip_file

HEADER = "patient_id,date,phase,weight_kg,dry_weight_kg,clip,remark"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "trial-1"
    (folder / "clips").mkdir(parents=True)
    lines = [HEADER]
    for patient, level in (("P1", 3.0), ("P2", -1.0)):
        for day, gain in ((2, 2.0), (4, 2.4)):
            for phase, excess in (("pre", gain), ("post", 0.1)):
                name = f"{patient}-{day}-{phase}.mp4"
                clip_file(folder / "clips", name, g_kg=level + excess)
                lines.append(
                    f"{patient},2026-03-{day:02d},{phase},{50 + excess:.1f},50.0,clips/{name},x"
                )
    (folder / "study.csv").write_text("\n".join(lines) + "\n")
    return folder


def cards(clinic: Clinic) -> list[PatientCard]:
    return clinic.database.call(
        lambda store: [patient_card(store, p.patient_id) for p in patients(store)]
    )


def add_lines(study: Path, *lines: str) -> None:
    with (study / "study.csv").open("a") as file:
        file.writelines(line + "\n" for line in lines)


def outcome(summary: ImportSummary) -> tuple[int, int, int]:
    return summary.taken, summary.there_before, len(summary.refused)


def test_later_days_are_estimated_from_earlier_ones(clinic: Clinic, study: Path) -> None:
    summary = import_study(clinic, study)
    assert outcome(summary) == (8, 0, 0)
    assert summary.no_estimate == 4  # everybody's first day
    for card in cards(clinic):
        assert card.patient.origin == "trial-1"
        later = card.trend.entries()[2:]
        for entry in later:
            assert entry.estimate is not None
            assert entry.estimate.excess_kg == pytest.approx(entry.scale_excess_kg)


def test_importing_twice_changes_nothing(clinic: Clinic, study: Path, worker: MadeUpWorker) -> None:
    import_study(clinic, study)
    before = clinic.database.call(counts), clinic.database.call(audit_head), worker.analysed
    assert outcome(import_study(clinic, study)) == (0, 8, 0)
    after = clinic.database.call(counts), clinic.database.call(audit_head), worker.analysed
    assert after == before


def test_bad_rows_are_refused_by_line_and_the_others_go_on(clinic: Clinic, study: Path) -> None:
    (study / "clips" / "broken.mp4").write_text("not a video")
    add_lines(
        study,
        "P3,2026-03-02,pre,heavy,50.0,clips/P1-2-pre.mp4,",
        "P3,2026-03-02,pre,51.0,50.0,clips/gone.mp4,",
        "P3,2026-03-02,pre,51.0,50.0,clips/broken.mp4,",
    )
    summary = import_study(clinic, study)
    assert outcome(summary) == (8, 0, 3)
    assert [(r.line, r.error.code) for r in summary.refused] == [
        (10, ErrorCode.WEIGHT_NOT_A_NUMBER),
        (11, ErrorCode.ROW_CLIP_MISSING),
        (12, ErrorCode.NOT_A_VIDEO),
    ]


def test_doubtful_weights_are_taken_and_listed(clinic: Clinic, study: Path) -> None:
    clip_file(study / "clips", "heavy.mp4", g_kg=9.0)
    add_lines(study, "P1,2026-03-06,pre,58.0,50.0,clips/heavy.mp4,")
    summary = import_study(clinic, study)
    assert summary.taken == 9
    assert {(d.line, d.doubt.doubt.value) for d in summary.doubtful} == {
        (10, "far_from_last_post"),
        (10, "far_from_dry_weight"),
    }


def test_people_from_elsewhere_are_never_mixed_in(clinic: Clinic, study: Path) -> None:
    clinic.database.call(lambda store: add_patient(store, "act", NewPatient("P1", "Someone")))
    with pytest.raises(ExpectedError) as caught:
        import_study(clinic, study)
    assert caught.value.code is ErrorCode.ORIGIN_CONFLICT
    assert clinic.database.call(counts).patients == 1
    assert import_study(clinic, study, prefix="T-").taken == 8
    assert {c.patient.chart_number for c in cards(clinic)} == {"P1", "T-P1", "T-P2"}


def test_an_interrupted_import_goes_on_where_it_was(
    clinic: Clinic, study: Path, worker: MadeUpWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker.analyse

    def dies_at_the_fifth(*args: object, **named: object) -> object:
        if worker.analysed == 4:
            raise ExpectedError(ErrorCode.WORKER_FAILED)
        return real(*args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(worker, "analyse", dies_at_the_fifth)
        with pytest.raises(ExpectedError):
            import_study(clinic, study)
    assert outcome(import_study(clinic, study)) == (4, 4, 0)
    assert clinic.database.call(counts).captures == 8
