"""The worker as the rest of the program sees it. Loads no torch."""

from edema_desk.worker.client.link import Patience
from edema_desk.worker.client.requests import WorkerClient

__all__ = ["Patience", "WorkerClient"]
