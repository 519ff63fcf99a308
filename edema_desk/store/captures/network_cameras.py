"""Whole addresses of network cameras: here, encrypted, and nowhere else."""

from dataclasses import replace

from sqlite_utils import Database

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.terms.acts import ActKind
from edema_desk.store.base.database import Done, Store


def keep_network_camera(store: Store, act_id: str, address: CameraAddress) -> None:
    """Keep an address with its password, in place of the one kept for the same camera."""
    row = {
        "public_address": address.public.locator,
        "whole_address": address.locator,
        "act_id": act_id,
    }

    def work(db: Database) -> Done:
        db.table("network_camera").upsert(row, pk="public_address")
        return Done("")

    store.act(act_id, ActKind.KEEP_NETWORK_CAMERA, work)


def whole_network_camera(store: Store, address: CameraAddress) -> CameraAddress:
    """The address with what was kept of it; as it is where nothing was."""
    with store.reading() as db:
        found = db.query(
            "select whole_address from network_camera where public_address = ?", [address.locator]
        )
        kept = next((str(row["whole_address"]) for row in found), address.locator)
        return replace(address, locator=kept)
