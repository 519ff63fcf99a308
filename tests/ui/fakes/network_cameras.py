"""Network cameras for tests of the window: what was kept is seen, or cannot be kept."""

from concurrent.futures import Future

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.network_cameras import NetworkCameras
from edema_desk.settings import Settings


class FakeNetworkCameras(NetworkCameras):
    """`kept` in order; `fault` is what the next ones fail with."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.fault: ExpectedError | None = None

    def keep(self, act_id: str, address: CameraAddress) -> Future[None]:
        answer: Future[None] = Future()
        if self.fault is not None:
            answer.set_exception(self.fault)
        else:
            self.kept.append(address.locator)
            answer.set_result(None)
        return answer

    def take_over(self, settings: Settings) -> Settings:
        return settings
