"""Which request goes where, and how failures are told."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import torch

from edema_desk import __version__
from edema_desk.domain.models.card import read_card
from edema_desk.errors import ExpectedError
from edema_desk.learning.package import LoadedModel, load_package
from edema_desk.learning.self_check import check_itself
from edema_desk.vision.detector import FaceDetector, MtcnnDetector
from edema_desk.vision.identity import IdentityNet
from edema_desk.worker.protocol.contents import pack_error
from edema_desk.worker.protocol.framing import Message
from edema_desk.worker.server.analysis import analyse_clip, attribute_files, embed_files
from edema_desk.worker.server.channel import Channel, take_pipes
from edema_desk.worker.server.live import LiveSitting, known_of
from edema_desk.worker.server.memory import memory_mb
from edema_desk.worker.server.points import face_points
from edema_desk.worker.server.range_check import check_range
from edema_desk.worker.server.training import train
from edema_desk.worker.server.tuning import tune

_LOWER_PRIORITY = 10

Answer = tuple[dict[str, Any], tuple[bytes, ...]]


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Worker(Channel(*take_pipes())).serve()


class Worker:
    """Holds the detector and the models once they were asked for."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._detector: FaceDetector | None = None
        self._identity: IdentityNet | None = None
        self._models: dict[Path, LoadedModel] = {}
        self._live: LiveSitting | None = None
        self._work: dict[str, Callable[[Message], Answer]] = {
            "hello": self._hello,
            "warm": self._warm,
            "check": self._check,
            "memory": self._memory,
            "analyse": self._analyse,
            "face_points": self._face_points,
            "embed": self._embed,
            "attribute": self._attribute,
            "check_range": self._check_range,
            "pretrain": self._pretrain,
            "tune": self._tune,
            "live_prepare": self._live_prepare,
            "live_begin": lambda request: self._prepared().begin(),
            "live_look": lambda request: self._prepared().look(request),
            "live_finish": lambda request: self._prepared().finish(request),
        }

    def serve(self) -> None:
        """One request after the other, for ever."""
        while True:
            request = self._channel.next_request()
            work = self._work.get(request.kind)
            if work is not None:  # else what is left of a training that failed while it was sent
                self._answer(request, work)

    def _answer(self, request: Message, work: Callable[[Message], Answer]) -> None:
        try:
            fields, blobs = work(request)
        except ExpectedError as error:
            fields, blobs = pack_error(error)
            self._channel.answer(request, "error", fields, blobs)
        except Exception as error:  # noqa: BLE001 - a process boundary: told without its text
            self._channel.answer(request, "bug", _where(error))
        else:
            self._channel.answer(request, "done", fields, blobs)

    def _hello(self, request: Message) -> Answer:
        threads = int(request.fields["threads"])
        torch.set_num_threads(threads)
        cv2.setNumThreads(threads)
        if request.fields["low_priority"] and sys.platform != "win32":
            os.nice(_LOWER_PRIORITY)
        return {"program": __version__, "torch": torch.__version__, "pid": os.getpid()}, ()

    def _memory(self, request: Message) -> Answer:
        return {"memory_mb": memory_mb()}, ()

    def _warm(self, request: Message) -> Answer:
        self._model(request)
        self._faces()
        return {}, ()

    def _check(self, request: Message) -> Answer:
        folder = Path(request.fields["model"])
        model = load_package(folder)  # from its files, whatever is held of it
        card = model.card
        return {
            "apart_kg": check_itself(model.encoder, card.input, card.self_check, folder.name)
        }, ()

    def _analyse(self, request: Message) -> Answer:
        model = self._model(request)  # first: a missing model is told before a clip is decoded
        return analyse_clip(self._channel, request, self._faces(), model)

    def _face_points(self, request: Message) -> Answer:
        return face_points(request, self._faces())

    def _embed(self, request: Message) -> Answer:
        return embed_files(self._channel, request, self._needed_model(request))

    def _attribute(self, request: Message) -> Answer:
        return attribute_files(self._channel, request, self._needed_model(request))

    def _check_range(self, request: Message) -> Answer:
        return check_range(request, self._identity_net(), self._needed_model(request))

    def _pretrain(self, request: Message) -> Answer:
        return train(self._channel, request)

    def _tune(self, request: Message) -> Answer:
        return tune(self._channel, request, self._model(request))

    def _live_prepare(self, request: Message) -> Answer:
        model = self._needed_model(request)
        known = known_of(request, self._identity_net)
        self._live = LiveSitting(self._faces(), model, known)
        return {}, ()

    def _prepared(self) -> LiveSitting:
        if self._live is None:
            raise ValueError("no capture was prepared")
        return self._live

    def _identity_net(self) -> IdentityNet:
        self._identity = self._identity or IdentityNet()
        return self._identity

    def _faces(self) -> FaceDetector:
        self._detector = self._detector or MtcnnDetector()
        return self._detector

    def _needed_model(self, request: Message) -> LoadedModel:
        model = self._model(request)
        if model is None:
            raise ValueError("this request needs a model")
        return model

    def _model(self, request: Message) -> LoadedModel | None:
        """The package the request names, read again when its card is another than before."""
        if not request.fields["model"]:
            return None
        folder = Path(request.fields["model"])
        held = self._models.get(folder)
        if held is None or held.card != read_card(folder):
            self._models = {folder: load_package(folder)}
        return self._models[folder]


def _where(error: Exception) -> dict[str, Any]:
    """Kind and places of a bug. Its text is left out: it may hold patient data."""
    steps = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(step.filename).name}:{step.lineno}" for step in steps[-12:]]
    return {"type": type(error).__name__, "steps": places}
