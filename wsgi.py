"""The WSGI entry point: ``granian --interface wsgi wsgi:app`` or ``flask --app wsgi``."""

import gc

# What a start makes stays for good: looking through it again and again costs a fifth of the start.
gc.disable()

from app import create_app  # noqa: E402

app = create_app()

gc.enable()
gc.freeze()
