"""How often no number is made of what should have none, and of what should have one.

A table for docs/measured.md: the gallery of `synthesis.gallery` of some people, each against
three made-up captures of the same person; further made-up captures of these people; and clips
of real people, their second half against their first. With a model that does not say what it
finds familiar, that is fitted here on made-up captures of the people not judged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.domain.terms.identity import same_person
from edema_desk.domain.terms.out_of_range import RangeCheck, out_of_range
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.familiar import Familiar, fit_familiar
from edema_desk.learning.package import LoadedModel, load_package
from edema_desk.media.decode import open_clip
from edema_desk.paths import BASE_MODEL, models_dir
from edema_desk.synthesis.cohort import MadeUpCapture, draw_cohort, generator
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.gallery import Oddity, held_still, make_odd
from edema_desk.synthesis.sitting import FilmStyle, StillFace
from edema_desk.synthesis.sources import Person, list_people, load_portraits
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.face_mesh import FaceMesh
from edema_desk.vision.identity import IdentityNet
from edema_desk.vision.observer import ClipObserver
from tests.conftest import SHARED_MEDIA

EVERY = 9
"""Each ninth person is judged, the others may be fitted on."""
REFERENCES, JUDGED = 3, 3
FITTED_CAPTURES = 3
FRAMES = 9
CLIP_FRAMES = 24
_FIT_SEED, _SEED = 31, 32

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the program makes of a capture: a reason, or crops and their embedding."""

    reason: str | None
    crops: tuple[bytes, ...] = ()
    embedding: Vector | None = None


class Bench:
    """The program's own parts, in this process."""

    def __init__(self, model: LoadedModel) -> None:
        torch.set_num_threads(1)
        self.model = model
        self._detector, self._mesh = MtcnnDetector(), FaceMesh()
        self._identity = IdentityNet()

    def look(self, frames: Iterable[Frame]) -> Seen:
        """As `analyse` does, from frames already decoded."""
        observer = ClipObserver(self._detector, mesh=self._mesh)
        last_ms = 0.0
        for frame in frames:
            observer.observe(frame)
            last_ms = frame.t_ms
        observed = observer.finish(last_ms)
        if observed.refusal is not None:
            return Seen(observed.refusal.value)
        embedded = embed_crops(self.model.encoder, self.model.card.input, observed.crops)
        return Seen(None, observed.crops, embedded.embedding.astype(np.float64))

    def portraits(self, person: Person) -> tuple[Portrait, ...]:
        """Neutral and, where there is one, smiling."""
        return load_portraits(person, lambda image: self._detector.detect(image)[0].points)

    def judge(self, seen: Seen, references: Sequence[Seen], familiar: Familiar) -> str | None:
        """Why `seen` gets no number beside `references`."""
        if seen.embedding is None:
            return seen.reason
        crops = [crop for r in references for crop in r.crops[:: max(len(r.crops) // 2, 1)][:2]]
        likeness = same_person(
            self._identity.embed_files(seen.crops), self._identity.embed_files(crops)
        )
        own = np.stack([r.embedding for r in references if r.embedding is not None])
        strangeness = familiar.strangeness(seen.embedding, own)
        refusal = out_of_range(RangeCheck(likeness, strangeness))
        return refusal.value if refusal else None


def rows(place: Path) -> Iterator[str]:
    """A Markdown row for each kind of picture."""
    del place
    bench = Bench(load_package(models_dir() / BASE_MODEL))
    people = list_people(SHARED_MEDIA / "faces")
    familiar = bench.model.familiar or fitted(
        bench, [p for i, p in enumerate(people) if i % EVERY][::2]
    )
    yield "| shown | captures | without a number | reasons |\n|---|---|---|---|"
    odd: list[str | None] = []
    for kind, reasons in gallery(bench, people[::EVERY], familiar).items():
        if kind != GOOD:
            odd += reasons
        yield _row(kind, reasons)
    yield _row("**the gallery, all together**", odd)
    clips = sorted((SHARED_MEDIA / "clips").iterdir())
    clips += sorted((SHARED_MEDIA / "clips_test").iterdir())
    yield _row("**clips**, second half", [halves(bench, clip, familiar) for clip in clips])


GOOD = "**photographs**, swollen and filmed"


def gallery(
    bench: Bench, people: Sequence[Person], familiar: Familiar
) -> dict[str, list[str | None]]:
    """The reasons for each kind of picture, one a person, and those of good captures."""
    reasons: dict[str, list[str | None]] = {kind: [] for kind in (*Oddity, GOOD)}
    plain = [bench.portraits(person) for person in people]
    captures = draw_cohort(len(people), (REFERENCES + JUDGED + 1) // 2, _SEED)
    for who, portraits in enumerate(plain):
        own = [c for c in captures if c.patient.index == who]
        seen = [bench.look(_filmed(portraits, capture, _SEED)) for capture in own]
        references = [s for s in seen[:REFERENCES] if s.embedding is not None]
        good = [bench.judge(s, references, familiar) for s in seen[REFERENCES:]]
        reasons[GOOD] += good
        other = plain[(who + 1) % len(plain)][0]
        for number, kind in enumerate(Oddity):
            rng = generator(_SEED, 9, who, number)
            clip = held_still(make_odd(kind, portraits[0], other, rng), rng, FRAMES)
            reasons[kind.value].append(bench.judge(bench.look(clip), references, familiar))
    return reasons


def halves(bench: Bench, clip: Path, familiar: Familiar) -> str | None:
    """Why the second half of a real clip gets no number beside the first."""
    with open_clip(ClipSource(clip)) as opened:
        step = max(opened.pictures // CLIP_FRAMES, 1)
        frames = [frame for i, frame in enumerate(opened.frames) if i % step == 0]
    middle = len(frames) // 2
    first, second = bench.look(frames[:middle]), bench.look(frames[middle:])
    return first.reason or bench.judge(second, [first], familiar)


def fitted(bench: Bench, people: Sequence[Person]) -> Familiar:
    """What the network finds familiar, from made-up captures of `people`."""
    embeddings: list[Vector] = []
    person: list[int] = []
    captures = draw_cohort(len(people), (FITTED_CAPTURES + 1) // 2, _FIT_SEED)
    for who, one in enumerate(people):
        portraits = bench.portraits(one)
        own = [c for c in captures if c.patient.index == who][:FITTED_CAPTURES]
        for seen in (bench.look(_filmed(portraits, capture, _FIT_SEED)) for capture in own):
            if seen.embedding is not None:
                embeddings.append(seen.embedding)
                person.append(who)
    found = fit_familiar(np.stack(embeddings), np.array(person))
    if found is None:
        raise ValueError("too few people to fit on")
    return found


def _filmed(portraits: tuple[Portrait, ...], capture: MadeUpCapture, seed: int) -> Iterator[Frame]:
    style = FilmStyle(seconds=0.75, fps=12.0)
    rng = generator(seed, capture.patient.index, capture.session, capture.phase == "pre")
    return StillFace(capture.name, portraits, style).take(capture, rng).frames


def _row(kind: str, reasons: Sequence[str | None]) -> str:
    refused = [reason for reason in reasons if reason is not None]
    told = ", ".join(f"{name} {count}" for name, count in Counter(refused).most_common())
    share = f"{len(refused)} ({100 * len(refused) / max(len(reasons), 1):.0f} %)"
    return f"| {kind} | {len(reasons)} | {share} | {told or '-'} |"
