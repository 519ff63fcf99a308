"""Diagnostics in a rotating file: what the program did, never whom it concerned."""

import logging
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER = logging.getLogger("edema_desk")


def start_log(path: Path) -> None:
    """Write the program's messages to `path`, a megabyte at a time, three files at most."""
    stop_log()
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)


def stop_log() -> None:
    """Close the log file."""
    for handler in list(LOGGER.handlers):
        LOGGER.removeHandler(handler)
        handler.close()


def report_bug(error: BaseException) -> str:
    """Log where an unexpected error arose and return the short code it is found by.

    The message of the error and the values of variables are left out: they may hold patient
    data. File, line and kind are what a developer needs.
    """
    code = secrets.token_hex(3)
    steps = []
    trace = error.__traceback__
    while trace is not None:
        steps.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    LOGGER.error("bug %s: %s at %s", code, type(error).__name__, " > ".join(steps[-12:]))
    return code
