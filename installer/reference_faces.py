"""Draws the reference faces that every model is checked with where it is installed.

    python installer/reference_faces.py

writes resources/reference-faces: three people who do not exist, each dry and swollen, filmed
and cut as any clip is. To be drawn anew only when crops are cut differently: cards hold the hash
of these files, and a package that was made with others can no longer be installed.
"""

import tempfile
from pathlib import Path

import numpy as np

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.media.writer import ClipWriter
from edema_desk.synthesis.filming import CLIP_SIZE, film, seat
from edema_desk.synthesis.nuisance import NuisanceStyle, draw_look, draw_motion
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.swelling import SwellingStyle, swell
from edema_desk.worker.client import WorkerClient

OUT = Path(__file__).resolve().parents[1] / "resources" / "reference-faces"
SEEDS = (1, 2, 3)
SWOLLEN_MM = 1.2
FRAMES = 12


def crop_of(worker: WorkerClient, folder: Path, seed: int, swollen_mm: float) -> bytes:
    """The middle crop of one person's clip, as a JPEG file."""
    rng = np.random.default_rng(seed)
    sitter = seat(draw_portrait(rng), SwellingStyle())
    still = NuisanceStyle(pose=0, expression=0, blinking=0, light=0, colour=0, blur=0)
    motion = draw_motion(rng, np.arange(FRAMES) / 12, still)
    swelling = swell(sitter.regions, np.full(6, swollen_mm))
    path = folder / f"{seed}-{swollen_mm}.mp4"
    with ClipWriter(path, *CLIP_SIZE, quality=18) as clip:
        for number, image in enumerate(film(sitter, swelling, draw_look(rng, still), motion, rng)):
            clip.write(Frame(number * 1000 / 12, image))
    crops = worker.analyse(ClipSource(path), None).crops
    return crops[len(crops) // 2]


def main() -> None:
    """Draw all of them."""
    OUT.mkdir(exist_ok=True)
    with WorkerClient() as worker, tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            for name, swollen_mm in (("dry", 0.0), ("swollen", SWOLLEN_MM)):
                crop = crop_of(worker, Path(folder), seed, swollen_mm)
                (OUT / f"person-{seed}-{name}.jpg").write_bytes(crop)


if __name__ == "__main__":
    main()
