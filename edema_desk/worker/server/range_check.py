"""Whether a capture shows the person it should, as the network knows faces."""

import numpy as np

from edema_desk.domain.identity import Likeness, same_person
from edema_desk.domain.out_of_range import Faces, RangeCheck
from edema_desk.learning.package import LoadedModel
from edema_desk.vision.identity import IdentityNet
from edema_desk.worker.protocol.contents import Content
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.range_check import pack_check, unpack_faces


def check_range(request: Message, identity: IdentityNet, model: LoadedModel) -> Content:
    """Answer a `check_range` request. Identity vectors end with this call."""
    seen, references = unpack_faces(request.fields, request.blobs)
    strangeness = None
    if model.familiar is not None:
        embedding = seen.embeddings.astype(np.float64).mean(axis=0)
        own = references.embeddings.astype(np.float64)
        strangeness = model.familiar.strangeness(embedding, own)
    return pack_check(RangeCheck(_likeness(seen, references, identity), strangeness)), ()


def _likeness(seen: Faces, references: Faces, identity: IdentityNet) -> Likeness | None:
    if not seen.crops or not references.crops:
        return None
    return same_person(identity.embed_files(seen.crops), identity.embed_files(references.crops))
