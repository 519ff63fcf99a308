"""Pictures are drawn without a screen, in tests too."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
