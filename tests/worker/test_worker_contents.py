"""Values that cross, and arrays that do not belong together."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts
from edema_desk.domain.models.card import Figures
from edema_desk.domain.models.objectives import DeviceChoice
from edema_desk.domain.statistics.transfer_prior import plain_prior
from edema_desk.domain.terms.estimate import PARTS, ChangeScore, Refusal
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.protocol.contents import (
    Embedding,
    pack_analysis,
    pack_embedding,
    pack_error,
    unpack_analysis,
    unpack_embedding,
    unpack_error,
    unpack_points,
)
from edema_desk.worker.protocol.framing import ProtocolError
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    Tuned,
    TuneOrder,
    pack_capture,
    pack_order,
    pack_tune_order,
    pack_tuned,
    unpack_capture,
    unpack_order,
    unpack_tune_order,
    unpack_tuned,
)

FACTS = ClipFacts("mov", "h264", 1920, 1080, 90, 12_345.6)
ORDER = TrainingOrder(
    Path("/models/m"), None, 10, 1.5, 3, True, "faces", "Apache-2.0", ("a", "b"), ("command",)
)


def analysis(frames: int = 3) -> ClipAnalysis:
    rng = np.random.default_rng(frames)
    scores = rng.random((frames, len(SCORE_NAMES))).astype(np.float32)
    scores[:, 0] = np.nan
    return ClipAnalysis(
        facts=FACTS,
        frames_seen=frames + 4,
        faces_found=frames,
        refused={"blurred": 4},
        t_ms=np.arange(frames, dtype=np.float64) * 33.4,
        frame_scores=scores,
        crops=tuple(bytes([i]) * (i + 1) for i in range(frames)),
        embedding=rng.random(512).astype(np.float16),
        score=ChangeScore(0.1 + 0.2, 0.3, frames, (0.05,) * PARTS),
        refusal=None,
        model_id="base-abc",
        seconds=1.25,
    )


def refused() -> ClipAnalysis:
    return replace(analysis(), embedding=None, score=None, refusal=Refusal.BLURRED)


def without_model() -> ClipAnalysis:
    return replace(analysis(), embedding=None, score=None, model_id="")


def same(one: ClipAnalysis, two: ClipAnalysis) -> bool:
    """Equal in every field, arrays to the bit."""
    for name in ("t_ms", "frame_scores", "embedding"):
        a, b = getattr(one, name), getattr(two, name)
        if (a is None) != (b is None) or (
            a is not None and not np.array_equal(a, b, equal_nan=True)
        ):
            return False
    return (
        replace(one, t_ms=two.t_ms, frame_scores=two.frame_scores, embedding=two.embedding) == two
    )


@pytest.mark.parametrize("one", [analysis(), analysis(100), refused(), without_model()])
def test_an_analysis_comes_back_to_the_bit(one: ClipAnalysis) -> None:
    back = unpack_analysis(*pack_analysis(one))
    assert same(one, back)
    assert back.t_ms.dtype == np.float64
    assert back.frame_scores.shape == (one.frames_chosen, len(SCORE_NAMES))


def test_the_comparison_notices_a_difference() -> None:
    assert not same(analysis(), replace(analysis(), seconds=1.0))
    assert not same(analysis(), replace(analysis(), t_ms=analysis().t_ms + 1))
    assert not same(analysis(), refused())


@pytest.mark.parametrize("blob", range(6))
def test_a_missing_blob_is_noticed(blob: int) -> None:
    fields, blobs = pack_analysis(analysis())
    with pytest.raises(ProtocolError):
        unpack_analysis(fields, blobs[:blob] + blobs[blob + 1 :])


FIELDS, BLOBS = pack_analysis(analysis())


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [[], {"x": 1}, "nonsense"])
def test_a_field_of_another_kind_is_refused_or_text(name: str, value: Any) -> None:
    if name == "model_id" or (name == "refused" and value == {"x": 1}):
        return  # any text is an id, any count a count
    with pytest.raises(ProtocolError):
        unpack_analysis({**FIELDS, name: value}, BLOBS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_missing_field_is_refused(name: str) -> None:
    with pytest.raises(ProtocolError):
        unpack_analysis({k: v for k, v in FIELDS.items() if k != name}, BLOBS)


def test_neither_score_nor_refusal_is_refused() -> None:
    fields, blobs = pack_analysis(refused())
    with pytest.raises(ProtocolError):
        unpack_analysis(fields | {"refusal": None}, blobs)
    with pytest.raises(ProtocolError):
        unpack_analysis({**FIELDS, "refusal": "blurred"}, BLOBS)


def test_an_embedding_comes_back() -> None:
    one = Embedding(np.arange(512).astype(np.float16), ChangeScore(1.0, 0.2, 9), "base-abc")
    back = unpack_embedding(*pack_embedding(one))
    assert np.array_equal(back.vector, one.vector)
    assert (back.score, back.model_id) == (one.score, one.model_id)


@pytest.mark.parametrize("parts", [None, [0.1], [0.1] * (PARTS + 1), ["x"] * PARTS, "abcdef"])
def test_parts_that_are_not_those_of_a_face_are_refused(parts: Any) -> None:
    score = {**FIELDS["score"], "parts_kg": parts}
    with pytest.raises(ProtocolError):
        unpack_analysis({**FIELDS, "score": score}, BLOBS)


@given(
    st.sampled_from(ErrorCode),
    st.dictionaries(
        st.text().filter(lambda name: name not in {"self", "code"}),
        st.text() | st.integers() | st.floats(allow_nan=False),
    ),
)
def test_an_error_comes_back(code: ErrorCode, params: dict[str, str | int | float]) -> None:
    fields, blobs = pack_error(ExpectedError(code, **params))
    back = unpack_error(fields)
    assert (back.code, back.params, blobs) == (code, params, ())


@pytest.mark.parametrize(
    "fields", [{}, {"code": "none such", "params": {}}, {"code": "cancelled", "params": {"a": []}}]
)
def test_an_error_that_is_none(fields: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        unpack_error(fields)


@pytest.mark.parametrize("points", [[[1, 2]] * 4, "no", [[1, "x"]] * 5, 3])
def test_points_that_are_none(points: Any) -> None:
    with pytest.raises(ProtocolError):
        unpack_points({"points": points})


@pytest.mark.parametrize(
    "order",
    [
        ORDER,
        replace(ORDER, checkpoint=Path("/x/y"), minutes=None, parent="base-1"),
        replace(ORDER, objectives="change+contrast:0.5", device=DeviceChoice.CPU),
        replace(ORDER, figures=Figures(1.0, 2.0, 0.3, 0.9, 4, 40, "others")),
        replace(ORDER, figures=Figures(1.0, 2.0, 0.3, 0.9, 4, 40, "others", plain_prior(0.8))),
    ],
)
def test_an_order_comes_back(order: TrainingOrder) -> None:
    assert unpack_order(pack_order(order)) == order


@pytest.mark.parametrize("model", [None, Path("/models/m")])
def test_an_order_to_tune_comes_back(model: Path | None) -> None:
    order = TuneOrder(model, 40, 2e-4, 7, 64)
    assert unpack_tune_order(pack_tune_order(order)) == order


def test_what_a_tuned_network_says_comes_back() -> None:
    vector = np.linspace(0, 1, 512).astype(np.float16)
    said = Embedding(vector, ChangeScore(0.1, 0.2, 3), "own")
    fields, blobs = pack_tuned(Tuned((said, None), 30, flat=True))
    tuned = unpack_tuned(json.loads(json.dumps(fields)), blobs)
    assert (tuned.steps, tuned.flat, tuned.embeddings[1]) == (30, True, None)
    first = tuned.embeddings[0]
    assert first is not None
    assert first.score == said.score
    assert np.array_equal(first.vector, vector)
    with pytest.raises(ProtocolError):
        unpack_tuned(fields, blobs[:1])


def test_a_capture_to_learn_from_comes_back() -> None:
    capture = TrainingCapture(3, 2, Phase.POST, -0.1, (b"a", b"bc"), held_out=True)
    assert unpack_capture(*pack_capture(capture)) == capture
