"""``python -m bot``."""

import gc
import sys

# What is loaded stays: to look through it for what nobody holds, hundreds of times, is a tenth of a start.
gc.disable()

from bot.cli.main import main  # noqa: E402

gc.freeze()
gc.enable()

sys.exit(main())
