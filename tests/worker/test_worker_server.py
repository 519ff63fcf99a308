"""The real worker once: clips, points, embedding, training, cancelling, memory."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.domain.models.card import Recipe, read_card
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.writer import ClipWriter
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    TrainingProgress,
    TuneOrder,
)

MOST_MEMORY_MB = 1200.0


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    """One process for all tests of this file."""
    with WorkerClient(threads=1) as client:
        client.start()
        yield client


def captures(crops: list[bytes], people: int, held_out: int) -> Iterator[TrainingCapture]:
    rng = np.random.default_rng(0)
    for person in range(people):
        for session in range(5):
            for phase in (Phase.PRE, Phase.POST):
                excess_kg = float(rng.normal(2.0 if phase is Phase.PRE else 0.0, 0.3))
                files = tuple(crops[i] for i in rng.integers(0, len(crops), 2))
                yield TrainingCapture(
                    person, session, phase, excess_kg, files, person >= people - held_out
                )


def order(folder: Path, **changes: object) -> TrainingOrder:
    plain = {
        "folder": folder / "trial",
        "checkpoint": folder / "trial.training",
        "steps": 2,
        "minutes": None,
        "seed": 0,
        "made_up": True,
        "measured_on": "nothing",
        "licence": "Apache-2.0",
        "attributions": ("nobody",),
        "commands": ("edema-desk pretrain",),
        "size_px": 32,
    }
    return TrainingOrder(**(plain | changes))  # type: ignore[arg-type]


def test_a_clip_from_outside(worker: WorkerClient, untrained: Path, media_dir: Path) -> None:
    told: list[float] = []
    clip = ClipSource(media_dir / "clips" / "grid_bbaf2n.mpg")
    analysis = worker.analyse(clip, untrained, told.append)
    assert analysis.facts.codec == "mpeg1video"
    assert analysis.frames_seen == 75
    assert analysis.frames_chosen + sum(analysis.refused.values()) == 75
    assert analysis.frames_chosen >= 50
    assert analysis.score is not None
    assert analysis.score.frames == analysis.frames_chosen
    assert analysis.model_id == read_card(untrained).model_id
    assert told == sorted(told)
    assert told[-1] <= 1.0
    again = worker.embed(analysis.crops, untrained)
    assert again.score == analysis.score
    assert analysis.embedding is not None
    assert np.array_equal(again.vector, analysis.embedding)
    memory_mb = worker.memory_mb()
    assert memory_mb is None or memory_mb <= MOST_MEMORY_MB


def test_without_a_model_there_are_crops_and_no_score(
    worker: WorkerClient, media_dir: Path, tmp_path: Path
) -> None:
    picture = next(iter(sorted((media_dir / "faces").glob("london_*_neutral.jpg"))))
    image = np.array(Picture.open(picture).convert("RGB"))
    with ClipWriter(tmp_path / "still.mkv", image.shape[1], image.shape[0]) as clip:
        for number in range(9):
            clip.write(Frame(number * 40.0, image))
    analysis = worker.analyse(ClipSource(tmp_path / "still.mkv"), None)
    assert analysis.frames_chosen == 9
    assert analysis.score is None
    assert analysis.refusal is None


def test_points_of_a_face(worker: WorkerClient, media_dir: Path) -> None:
    picture = next(iter(sorted((media_dir / "faces").glob("london_*_neutral.jpg"))))
    marked = np.loadtxt(picture.with_suffix(".csv"), delimiter=",", skiprows=1)[:2]
    points = worker.face_points(np.array(Picture.open(picture).convert("RGB")))
    assert points is not None
    left, right = sorted(marked.tolist())
    apart = np.hypot(*(np.array(right) - left))
    assert np.abs(points[0] - left).max() < 0.15 * apart
    assert np.abs(points[1] - right).max() < 0.15 * apart


def test_no_points_without_a_face(worker: WorkerClient) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), np.uint8)
    assert worker.face_points(noise) is None


def refusal(worker: WorkerClient, clip: Path, model: Path | None) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        worker.analyse(ClipSource(clip), model)
    return caught.value.code


def test_expected_failures_cross(worker: WorkerClient, untrained: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("not a film")
    assert refusal(worker, tmp_path / "none.mp4", untrained) is ErrorCode.FILE_MISSING
    assert refusal(worker, text, untrained) is ErrorCode.NOT_A_VIDEO
    assert refusal(worker, text, tmp_path / "none") is ErrorCode.MODEL_MISSING
    assert worker.memory_mb() != 0


def test_a_model_altered_while_the_worker_runs(
    worker: WorkerClient, untrained: Path, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    for file in untrained.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    worker.embed(jpeg_crops[:1], folder)
    card = folder / "card.json"
    card.write_text(card.read_text().replace(read_card(folder).weights_sha256, "ab" * 32))
    with pytest.raises(ExpectedError) as caught:
        worker.embed(jpeg_crops[:1], folder)
    assert caught.value.code is ErrorCode.MODEL_ALTERED


def test_a_bug_crosses_without_its_text(
    worker: WorkerClient, untrained: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ExpectedError) as caught:
        worker.embed([b"Tanaka Hanako"], untrained)
    assert caught.value.code is ErrorCode.WORKER_FAILED
    assert "crops.py" in caplog.text
    assert "Tanaka" not in caplog.text
    assert worker.memory_mb() != 0


def test_a_training_makes_a_package(
    worker: WorkerClient, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    told: list[TrainingProgress] = []
    asked = order(tmp_path, objectives="change+contrast:0.5", learning_rate=5e-4)
    card = worker.pretrain(asked, captures(jpeg_crops, 4, 2), told.append)
    assert card == read_card(tmp_path / "trial")
    assert (card.trained_on.patients, card.trained_on.captures) == (2, 20)
    assert card.trained_on.frames == 40
    assert (card.figures.people, card.figures.captures) == (2, 20)
    assert card.figures.measured_on == "nothing"
    assert card.recipe == Recipe("change+contrast:0.5", 2, 0, 5e-4)
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert list(tmp_path.iterdir()) == [tmp_path / "trial"]
    assert worker.embed(jpeg_crops[:3], tmp_path / "trial").model_id == card.model_id


def one_patient(crops: list[bytes], held_out: int) -> list[TrainingCapture]:
    """Five sessions, the last of them held out, and one capture without crops."""
    known = list(captures(crops, 1, 0))
    return [
        *known[:-held_out],
        *(replace(c, held_out=True) for c in known[-held_out:]),
        replace(known[0], crops=()),
    ]


@pytest.mark.parametrize("from_scratch", [False, True])
def test_a_patients_own_network(
    worker: WorkerClient, untrained: Path, jpeg_crops: list[bytes], from_scratch: bool
) -> None:
    """It learns nothing from what is held out, and says something of it all the same."""
    asked = TuneOrder(None if from_scratch else untrained, steps=2, learning_rate=1e-3, size_px=64)
    sent = one_patient(jpeg_crops, held_out=2)
    told: list[float] = []
    tuned = worker.tune(asked, sent, told.append)
    other = [replace(c, excess_kg=99.0) if c.held_out else c for c in sent]
    again = worker.tune(asked, other)
    assert tuned.steps == 2
    assert not tuned.flat
    assert [e is None for e in tuned.embeddings] == [False] * 10 + [True]
    assert told == sorted(told)
    for one, two, capture in zip(tuned.embeddings, again.embeddings, sent, strict=True):
        if one is not None and two is not None:
            assert one.score == two.score
            assert one.score.frames == len(capture.crops)
            assert np.array_equal(one.vector, two.vector)


def test_one_capture_is_too_few_to_tune_on(
    worker: WorkerClient, untrained: Path, jpeg_crops: list[bytes]
) -> None:
    with pytest.raises(ExpectedError) as caught:
        worker.tune(TuneOrder(untrained), one_patient(jpeg_crops, held_out=9))
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL
    assert worker.memory_mb() != 0


def test_swelling_laid_over_tells_the_parts(
    worker: WorkerClient, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    asked = order(tmp_path, objectives="change+parts", lay_over=True)
    card = worker.pretrain(asked, captures(jpeg_crops, 4, 2), lambda told: None)
    said = worker.embed(jpeg_crops[:3], tmp_path / "trial")
    assert card.encoder == "fine18-parts"
    assert len(said.score.parts_kg) == 6
    assert sum(said.score.parts_kg) == pytest.approx(said.score.g_kg, abs=1e-4)


def test_figures_of_a_twin_are_quoted(
    worker: WorkerClient, untrained: Path, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    quoted = read_card(untrained).figures
    asked = order(tmp_path, figures=quoted)
    card = worker.pretrain(asked, captures(jpeg_crops, 2, 0), lambda told: None)
    assert card.figures == quoted


def test_a_training_with_nobody_held_out_and_no_figures(
    worker: WorkerClient, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    with pytest.raises(ExpectedError) as caught:
        worker.pretrain(order(tmp_path), captures(jpeg_crops, 2, 0), lambda told: None)
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_a_cancelled_training_is_laid_aside_and_the_worker_goes_on(
    worker: WorkerClient, tmp_path: Path, jpeg_crops: list[bytes]
) -> None:
    def cancelled() -> bool:
        return bool(told) and told[-1].step >= 1

    told: list[TrainingProgress] = []
    long = order(tmp_path, steps=100_000)
    with pytest.raises(ExpectedError) as caught:
        worker.pretrain(long, captures(jpeg_crops, 4, 2), told.append, cancelled)
    assert caught.value.code is ErrorCode.CANCELLED
    assert told[-1].step < 100
    assert (tmp_path / "trial.training").exists()
    assert not (tmp_path / "trial").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """A parent killed in the middle of it leaves no worker behind."""
    import subprocess
    import sys

    program = (
        "import os, sys\n"
        "from edema_desk.worker.client.child import Child\n"
        "from edema_desk.media.children import child_command\n"
        "child = Child(child_command('_worker'), low_priority=False)\n"
        "print(child._process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    ended_by = time.monotonic() + 200.0
    while time.monotonic() < ended_by:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")
