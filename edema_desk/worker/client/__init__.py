"""The worker as the rest of the program sees it. Loads no torch."""

from edema_desk.worker.client.link import Patience
from edema_desk.worker.client.live import LiveWorker
from edema_desk.worker.client.requests import WorkerClient
from edema_desk.worker.protocol.live import LiveResult

__all__ = ["LiveResult", "LiveWorker", "Patience", "WorkerClient"]
