"""What registration tells later domains; app/reactions.py connects who listens."""

from __future__ import annotations

from blinker import Namespace

# Sent with the Registrant once the row is written, in the same transaction.
registered = Namespace().signal("registered")
