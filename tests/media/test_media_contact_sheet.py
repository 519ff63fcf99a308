"""The contact sheet shows every crop once, in order."""

import numpy as np
import pytest

from edema_desk.media.contact_sheet import contact_sheet
from edema_desk.media.pictures import encode_jpeg


def grey(luminance: int) -> bytes:
    return encode_jpeg(np.full((256, 256, 3), luminance, np.uint8))


def test_crops_stand_in_rows_of_ten() -> None:
    sheet = contact_sheet([grey(10 * i) for i in range(13)], [100.0 * i for i in range(13)])
    assert sheet.shape[1] == 1280
    assert sheet.shape[0] % 2 == 0
    row = sheet.shape[0] // 2
    for i in range(13):
        tile = sheet[(i // 10) * row + 64, (i % 10) * 128 + 64]
        assert np.abs(tile.astype(int) - 10 * i).max() <= 2
    assert np.all(sheet[row + 64, 3 * 128 + 5 :] == 255)


def test_each_crop_bears_its_time() -> None:
    first, second = (contact_sheet([grey(90)], [t]) for t in (1230.0, 4560.0))
    assert np.array_equal(first[:128], second[:128])
    assert not np.array_equal(first[128:], second[128:])


def test_no_crops_are_an_empty_sheet() -> None:
    assert np.all(contact_sheet([], []) == 255)


def test_a_crop_without_its_time_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        contact_sheet([grey(1)], [])
