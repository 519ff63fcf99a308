"""What is taken in: few containers, few codecs, recognised by their own first bytes.

The demuxer is named by this program and never guessed by FFmpeg, so a playlist, a
concatenation script or a subtitle file has nothing to be opened with.
"""

from collections.abc import Mapping

from edema_desk.errors import ErrorCode, ExpectedError

CONTAINERS: Mapping[str, str] = {
    "mov": "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska": "matroska,webm",
    "mpeg": "mpeg",
    "avi": "avi",
}
"""The demuxer asked for, and the name FFmpeg then gives for what it uses."""

CODECS = frozenset(
    {
        "h264",
        "hevc",
        "vp8",
        "vp9",
        "av1",
        "mjpeg",
        "ffv1",
        "mpeg4",
        "mpeg1video",
        "mpeg2video",
    }
)
"""Picture codecs by FFmpeg's codec names."""

DECODERS = CODECS | {"libdav1d", "libvpx", "libvpx-vp9"}
"""The decoders that may be used for them: the wheel decodes AV1 by libdav1d."""

HEAD_BYTES = 512
"""How much of a file `demuxer_for` wants to see."""

_MOV_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid"})

_KNOWN_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"#EXTM3U", "HLS playlist"),
    (b"ffconcat", "FFmpeg script"),
    (b";FFMETADATA", "FFmpeg script"),
    (b"WEBVTT", "subtitle"),
    (b"[Script Info]", "subtitle"),
    (b"FLV\x01", "Flash video"),
    (b"OggS", "Ogg"),
    (b"GIF8", "GIF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"),
    (b"YUV4MPEG2", "raw video"),
    (b"DKIF", "IVF"),
    (b"ID3", "sound"),
    (b"fLaC", "sound"),
)
_TRANSPORT_PACKET_BYTES = 188


def demuxer_for(head: bytes, name: str) -> str:
    """The demuxer for a file that begins with `head`, one of `CONTAINERS`.

    Raises ExpectedError: CLIP_EMPTY without a byte, CONTAINER_REFUSED for a kind that is known
    and not taken in, NOT_A_VIDEO otherwise.
    """
    if not head:
        raise ExpectedError(ErrorCode.CLIP_EMPTY, name=name)
    if head[4:8] in _MOV_BOXES:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"\x00\x00\x01\xba"):
        return "mpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "avi"
    found = _stranger(head)
    if found:
        raise ExpectedError(ErrorCode.CONTAINER_REFUSED, name=name, found=found)
    raise ExpectedError(ErrorCode.NOT_A_VIDEO, name=name)


def _stranger(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, found in _KNOWN_STRANGERS:
        if text.startswith(start):
            return found
    if head.startswith(b"RIFF"):
        return "RIFF"
    syncs = head[: 2 * _TRANSPORT_PACKET_BYTES + 1 : _TRANSPORT_PACKET_BYTES]
    return "MPEG transport stream" if syncs == b"GGG" else ""
