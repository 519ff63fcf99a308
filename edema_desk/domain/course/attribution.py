"""Where on the face a model saw the change between two captures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Attribution:
    """By one model: kilograms a pixel of the aligned face, (256, 256), positive where it saw more
    fluid afterwards."""

    model_id: str
    model_name: str
    kg: NDArray[np.float32]
