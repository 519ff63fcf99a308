"""What the window does with models: list, install, activate, go back, compare, estimate again."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.models.uses import ModelUse
from edema_desk.domain.models.view import ModelComparison, ModelEntry, Reestimated
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.errors import ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.model_registry import active_model, find_model, list_models
from edema_desk.flow.base.model_signature import read_public_key
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.estimates.reestimating import reestimate
from edema_desk.flow.models.changes import activate_model, go_back, install_model, remove_model
from edema_desk.flow.models.comparison import compare_on_database
from edema_desk.flow.models.training import TrainingDesk
from edema_desk.log import LOGGER, report_bug
from edema_desk.media.library import ClipLibrary
from edema_desk.store.models.signers import distrust_signer, trust_signer, trusted_signers
from edema_desk.store.models.use import model_uses


class ModelDesk:
    """A part of the `Desk`. Futures as there.

    The model is switched on the thread of `intake`, never between a clip's analysis and its
    estimate, and removed there, never while it is being activated; what takes long has a thread
    of its own.
    """

    def __init__(
        self,
        clinic: Clinic,
        library: ClipLibrary,
        intake: ThreadPoolExecutor,
        tell: Callable[[Change], None],
        gate: Gate | None = None,
    ) -> None:
        self._clinic, self._library = clinic, library
        self.training = TrainingDesk(clinic, gate or Gate(), tell)
        self._intake, self._tell = intake, tell
        self._long = ThreadPoolExecutor(1, thread_name_prefix="models")
        self._closed = False
        self._cancels: list[Cancel] = []

    def entries(self) -> Future[tuple[ModelEntry, ...]]:
        """The shipped model first, then those installed."""
        return self._clinic.database.submit(list_models)

    def uses(self) -> Future[tuple[ModelUse, ...]]:
        """Which model was in use from when, and who switched; oldest first."""
        return self._clinic.database.submit(model_uses)

    def signers(self) -> Future[tuple[str, ...]]:
        """The ids of the keys whose signatures are trusted. While there is none, unsigned packages
        are taken."""
        return self._clinic.database.submit(lambda store: tuple(trusted_signers(store)))

    def trust(self, act_id: str, key_file: Path) -> Future[str]:
        """Trust packages signed with this public key (PEM); the key's id.

        Raises MODEL_KEY_INVALID, FILE_MISSING, NOT_ALLOWED.
        """
        database = self._clinic.for_who_sits_there().database

        def work() -> str:
            public = read_public_key(key_file)
            return database.call(lambda store: trust_signer(store, act_id, public))

        return self._long.submit(work)

    def distrust(self, act_id: str, key_id: str) -> Future[None]:
        """Trust a key no more; what is installed stays. Raises MODEL_KEY_INVALID, NOT_ALLOWED."""
        database = self._clinic.for_who_sits_there().database
        return database.submit(lambda store: distrust_signer(store, act_id, key_id))

    def install(self, package: Path) -> Future[ModelInUse]:
        """Copy a package into the profile, checked; it is not yet in use."""
        clinic = self._clinic.for_who_sits_there()
        return self._long.submit(
            install_model, clinic.database, clinic.profile, package, clinic.worker.check
        )

    def activate(self, act_id: str, name: str) -> Future[ModelInUse]:
        """Use a model for new estimates. Past ones stay as they are."""
        mine = self._clinic.for_who_sits_there()
        return self._switch(
            mine, lambda: activate_model(mine.database, act_id, name, mine.worker.check)
        )

    def back(self, act_id: str) -> Future[ModelInUse]:
        """Return to the model before this one."""
        mine = self._clinic.for_who_sits_there()
        return self._switch(mine, lambda: go_back(mine.database, act_id))

    def remove(self, act_id: str, name: str) -> Future[str]:
        """Remove an installed model's files; what it estimated stays."""
        clinic = self._clinic.for_who_sits_there()
        return self._intake.submit(remove_model, clinic.database, clinic.profile, act_id, name)

    def compare(
        self, first: str, second: str, listener: Listener, cancel: Cancel
    ) -> Future[ModelComparison]:
        """Two models on the clinic's own captures. Progress is told on another thread."""
        mine = self._clinic.for_who_sits_there()

        def work() -> ModelComparison:
            one, other = mine.database.call(
                lambda store: (find_model(store, first), find_model(store, second))
            )
            return compare_on_database(
                mine, self._library, one, other, listener=listener, cancel=cancel
            )

        self._cancels.append(cancel)
        return self._long.submit(work)

    def reestimate(self, listener: Listener, cancel: Cancel) -> Future[Reestimated]:
        """Estimate stored captures again with the model in use; adds estimates."""
        mine = self._clinic.for_who_sits_there()

        def work() -> Reestimated:
            try:
                return reestimate(mine, self._library, listener=listener, cancel=cancel)
            finally:  # what was estimated until it was stopped is there too
                self._tell(Change(ChangeKind.ELSEWHERE))

        self._cancels.append(cancel)
        return self._long.submit(work)

    def follow(self, change: Change) -> None:
        """Another program wrote: it may have activated another model."""
        if change.kind is ChangeKind.ELSEWHERE and not self._closed:
            self._intake.submit(self._follow)

    def close(self) -> None:
        """Take no more work and stop what is being done; the worker is closed before."""
        self._closed = True
        for cancel in self._cancels:
            cancel.set()
        self.training.close()
        self._long.shutdown(cancel_futures=True)

    def _switch(self, mine: Clinic, act: Callable[[], ModelInUse]) -> Future[ModelInUse]:
        def work() -> ModelInUse:
            model = act()
            mine.use(model)
            self._tell(Change(ChangeKind.PATIENTS))
            return model

        return self._intake.submit(work)

    def _follow(self) -> None:
        try:
            itself = self._clinic.acting_as(PROGRAM)
            model = itself.database.call(active_model)
            if model.model_id != itself.model.model_id:
                itself.use(model)
        except ExpectedError as error:
            LOGGER.warning("the model in use stays: %s", error.code)
        except Exception as error:  # noqa: BLE001  a thread's border: nobody reads its future
            report_bug(error)
