"""Whether a capture shows the person it should, as the network knows faces."""

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.identity import Likeness, same_person
from edema_desk.domain.terms.out_of_range import Faces, RangeCheck, Strangeness
from edema_desk.learning.package import LoadedModel
from edema_desk.vision.identity import IdentityNet
from edema_desk.worker.protocol.contents import Content
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.protocol.range_check import pack_check, unpack_faces


def check_range(request: Message, identity: IdentityNet, model: LoadedModel) -> Content:
    """Answer a `check_range` request. Identity vectors end with this call."""
    seen, references = unpack_faces(request.fields, request.blobs)
    strangeness = strangeness_of(model, seen.embeddings, references.embeddings)
    return pack_check(RangeCheck(_likeness(seen, references, identity), strangeness)), ()


def strangeness_of(
    model: LoadedModel, seen: NDArray[np.float16], own: NDArray[np.float16]
) -> Strangeness | None:
    """Of the mean of embeddings (n, 512), beside the person's earlier ones (m, 512); None where
    the model does not know what is familiar."""
    if model.familiar is None:
        return None
    embedding = seen.astype(np.float64).mean(axis=0)
    return model.familiar.strangeness(embedding, own.astype(np.float64))


def _likeness(seen: Faces, references: Faces, identity: IdentityNet) -> Likeness | None:
    if not seen.crops or not references.crops:
        return None
    return same_person(identity.embed_files(seen.crops), identity.embed_files(references.crops))
