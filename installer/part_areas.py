"""Draws where the parts of a face lie in the canonical crop, for the maps of where a model looked.

    python installer/part_areas.py

writes resources/face-parts.png: one square a part, left to right in the order in which scores
name them, white where the part swells most on the average face.
"""

from pathlib import Path

import cv2
import numpy as np

from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX, similarity
from edema_desk.synthesis.field import over_picture
from edema_desk.synthesis.layout import average_layout
from edema_desk.synthesis.swelling import region_fields

OUT = Path(__file__).resolve().parents[1] / "resources" / "face-parts.png"
SIDE_PX = 128


def main() -> None:
    """Draw it."""
    layout = average_layout()
    fields = region_fields(layout)
    moved = np.hypot(fields.displacement[..., 0], fields.displacement[..., 1])
    to_crop = similarity(layout.five(), CANONICAL_POINTS)
    areas = [
        over_picture(area, to_crop, (CROP_PX, CROP_PX)) for area in np.maximum(moved, fields.height)
    ]
    small = [cv2.resize(a, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA) for a in areas]
    cv2.imwrite(str(OUT), np.round(255 * np.clip(np.hstack(small), 0, 1)).astype(np.uint8))


if __name__ == "__main__":
    main()
