"""The detector's networks of facenet-pytorch, without the downloader that comes with them.

The package imports `requests` to fetch weights, which this program never does; importing it opens
an internet socket, to see whether there is IPv6. Empty modules stand in for it meanwhile.
"""

import sys
from types import ModuleType

_requests, _adapters = ModuleType("requests"), ModuleType("requests.adapters")
vars(_adapters)["HTTPAdapter"] = object
_STAND_INS = {
    module.__name__: module
    for module in (_requests, _adapters)
    if module.__name__ not in sys.modules
}
sys.modules.update(_STAND_INS)

from facenet_pytorch import MTCNN  # noqa: E402  what stands in has to be there before

for _name in _STAND_INS:
    del sys.modules[_name]

__all__ = ["MTCNN"]
