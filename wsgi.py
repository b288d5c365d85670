"""The WSGI entry point: ``granian --interface wsgi wsgi:app`` or ``flask --app wsgi``."""

import gc
import sys

# What a start makes stays for good: looking through it again and again costs a fifth of the start.
gc.disable()

from app import create_app  # noqa: E402

# Threads hand over the interpreter at every question to the database and wait for it again afterwards: a save has
# two dozen of them, and each would wait five milliseconds for every busy thread.
sys.setswitchinterval(0.0005)

app = create_app()

gc.enable()
gc.freeze()
