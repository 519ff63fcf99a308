"""How a capture is compared with a person's earlier ones: distances come back, no vectors."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from edema_desk.domain.terms.identity import Likeness, judge
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, Strangeness
from edema_desk.worker.protocol.contents import Blobs, Content, checked


def pack_faces(seen: Faces, references: Faces) -> Content:
    """The embeddings as bytes, then the crops of one and of the others."""
    arrays = (f.embeddings.astype(np.float16).tobytes() for f in (seen, references))
    size = seen.embeddings.shape[1]
    return {"size": size, "crops": len(seen.crops)}, (*arrays, *seen.crops, *references.crops)


def unpack_faces(fields: Mapping[str, Any], blobs: Blobs) -> tuple[Faces, Faces]:
    """What `pack_faces` packed."""
    size, crops = int(fields["size"]), blobs[2:]
    first, second = (np.frombuffer(blob, np.float16).reshape(-1, size) for blob in blobs[:2])
    count = int(fields["crops"])
    return Faces(first, crops[:count]), Faces(second, crops[count:])


def pack_check(check: RangeCheck) -> dict[str, Any]:
    """As JSON can hold it."""
    strange = check.strangeness
    return {
        "distance": check.likeness.distance if check.likeness else None,
        "from_all": strange.from_all if strange else None,
        "from_own": strange.from_own if strange else None,
    }


def unpack_check(fields: Mapping[str, Any]) -> RangeCheck:
    """What `pack_check` packed."""
    return checked(lambda: _unpack_check(fields))


def _unpack_check(fields: Mapping[str, Any]) -> RangeCheck:
    distance, from_all, from_own = (fields[n] for n in ("distance", "from_all", "from_own"))
    likeness = Likeness(float(distance), judge(float(distance))) if distance is not None else None
    if from_all is None:
        return RangeCheck(likeness, None)
    own = float(from_own) if from_own is not None else None
    return RangeCheck(likeness, Strangeness(float(from_all), own))
