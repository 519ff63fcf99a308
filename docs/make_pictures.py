"""Draws the pictures of how-it-learns.md: `python docs/make_pictures.py`, from the top folder.

The face is one of the program's own drawn portraits. Pass a model's folder to see where that one
looked instead of the shipped one.
"""

import io
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from edema_desk.domain.capture.clips import ClipSource, Frame
from edema_desk.media.writer import ClipWriter
from edema_desk.paths import BASE_MODEL, models_dir, resources_dir
from edema_desk.synthesis.cohort import MM_PER_KG, REGIONS
from edema_desk.synthesis.filming import CLIP_SIZE, Sitter, film, seat
from edema_desk.synthesis.nuisance import NuisanceStyle, draw_look, draw_motion
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.swelling import SwellingStyle, swell
from edema_desk.worker.client import WorkerClient

OUT = Path(__file__).parent / "pictures"
PORTRAIT = 12
FRAMES, FPS = 10, 4.0
SHOWN_PX = 300
GAP_PX, CAPTION_PX = 16, 40
INK, PAPER, MORE = (31, 41, 55), (255, 255, 255), (196, 69, 32)
SHOWN_PARTS = ("lower_lids", "cheeks", "jaw")

Pixels = NDArray[np.uint8]


def main() -> None:
    """Both pictures."""
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else models_dir() / BASE_MODEL
    sitter = seat(draw_portrait(np.random.default_rng(PORTRAIT)), SwellingStyle())
    OUT.mkdir(exist_ok=True)
    with WorkerClient() as worker, tempfile.TemporaryDirectory() as folder:

        def crops(region_mm: NDArray[np.float64], take: int) -> tuple[bytes, ...]:
            path = Path(folder) / f"{take}.mp4"
            filmed(path, sitter, region_mm, take)
            return worker.analyse(ClipSource(path), None).crops

        even = [crops(np.full(len(REGIONS), kg * MM_PER_KG), 10 + kg) for kg in (0, 2, 4)]
        captions = ["no excess fluid", "2 kg", "4 kg"]
        beside([face(shown) for shown in even], captions).save(OUT / "swelling.png")

        maps = []
        for number, part in enumerate(SHOWN_PARTS):
            region_mm = np.zeros(len(REGIONS))
            region_mm[REGIONS.index(part)] = 3.0
            swollen = crops(region_mm, 20 + number)
            maps.append(laid_over(face(swollen), worker.attribute_change(even[0], swollen, model)))
        captions = [f"fluid in {part.replace('_', ' ')} only" for part in SHOWN_PARTS]
        beside(maps, captions).save(OUT / "attribution.png")


def filmed(path: Path, sitter: Sitter, region_mm: NDArray[np.float64], take: int) -> None:
    """A short clip of the face, held nearly still."""
    rng = np.random.default_rng([PORTRAIT, take])
    style = NuisanceStyle(pose=0.4, expression=0.3, light=0.2, colour=0.2, blinking=0.0)
    look, motion = draw_look(rng, style), draw_motion(rng, np.arange(FRAMES) / FPS, style)
    with ClipWriter(path, *CLIP_SIZE, quality=16) as clip:
        for number, image in enumerate(
            film(sitter, swell(sitter.regions, region_mm), look, motion, rng)
        ):
            clip.write(Frame(number * 1000 / FPS, image))


def face(crops: tuple[bytes, ...]) -> Pixels:
    """The middle frame."""
    with Picture.open(io.BytesIO(crops[len(crops) // 2])) as crop:
        shown = crop.convert("RGB").resize((SHOWN_PX, SHOWN_PX), Picture.Resampling.LANCZOS)
        return np.asarray(shown)


def laid_over(shown: Pixels, kg: NDArray[np.float32]) -> Pixels:
    """The face in grey with what speaks for more fluid in one colour."""
    strength = cv2.resize(np.maximum(kg, 0), (SHOWN_PX, SHOWN_PX), interpolation=cv2.INTER_CUBIC)
    share = 0.85 * np.clip(strength / max(float(strength.max()), 1e-9), 0, 1)[..., None]
    grey = shown.mean(axis=2, keepdims=True)
    return np.asarray(grey * (1 - share) + np.array(MORE) * share, np.uint8)


def beside(faces: list[Pixels], captions: list[str]) -> Picture.Image:
    """Pictures in a row, each with its words below."""
    width = len(faces) * SHOWN_PX + (len(faces) - 1) * GAP_PX
    sheet = Picture.new("RGB", (width, SHOWN_PX + CAPTION_PX), PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(resources_dir() / "fonts" / "EdemaDeskSans-Regular.otf"), 19)
    for number, (shown, words) in enumerate(zip(faces, captions, strict=True)):
        left = number * (SHOWN_PX + GAP_PX)
        sheet.paste(Picture.fromarray(shown), (left, 0))
        middle = (left + SHOWN_PX // 2, SHOWN_PX + CAPTION_PX // 2)
        draw.text(middle, words, fill=INK, font=font, anchor="mm")
    return sheet


if __name__ == "__main__":
    main()
