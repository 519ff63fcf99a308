"""`python -m edema_desk`, and the one entry of the frozen program: command line or child.

The only file that imports late: a decoder child must not load torch, nor the window the worker.
"""

import sys


def main() -> None:
    """Run the child named by the first argument, otherwise the command line."""
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind == "_decoder":
        from edema_desk.media import decoder

        decoder.main()
    elif kind == "_worker":
        from edema_desk.worker import server

        server.main()
    else:
        from edema_desk import cli

        cli.main()


if __name__ == "__main__":
    main()
