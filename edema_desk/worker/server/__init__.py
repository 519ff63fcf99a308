"""The worker process: the only one in which vision and learning run.

It answers one request after the other on its standard output, hears of cancelling while it
works, and ends when its standard input does.
"""

from edema_desk.worker.server.serve import main

__all__ = ["main"]
