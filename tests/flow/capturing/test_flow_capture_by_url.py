"""A network camera of the test's own is recorded by its URL, cut off, and comes back."""

import pytest

from edema_desk.domain.capture.camera_address import parse_camera
from edema_desk.domain.capture.view import Stage, Trouble
from edema_desk.domain.terms.records import CaptureState
from edema_desk.media.cameras import network
from edema_desk.store.captures.captures import capture
from tests.flow.capturing.made_up_live import until
from tests.flow.made_up_station import Station, kept, recorded
from tests.media.made_up_servers import mjpeg, serving


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_MEASURED_S", 0.2)


def test_it_survives_being_cut_off_and_coming_back(station: Station) -> None:
    with serving(mjpeg(fps=30)) as server:
        live = station.begin(camera=parse_camera(server.url(who="nurse:s3cret@")))
        until(lambda: live.view.stage is Stage.SEARCHING)
        recorded(live)
        part_id = live.capture_id
        server.cut()
        until(lambda: live.view.stage is Stage.TROUBLE)
        assert live.view.trouble is Trouble.CAMERA_GONE
        live.again()
        until(lambda: live.view.stage is Stage.SEARCHING)
        recorded(live)
        live.finish()
        done = kept(live)
    assert done.whole
    until(
        lambda: (
            station.clinic.database.call(lambda s: capture(s, part_id)).state
            is CaptureState.ANALYSED
        )
    )
    for capture_id, whole in ((part_id, False), (done.capture_id, True)):
        made = station.recording(capture_id)
        assert made.take.whole is whole
        assert made.take.packets
        assert len(station.frames(capture_id)) == made.take.frames > 8
        assert made.camera is not None
        assert "s3cret" not in made.camera.address.locator
