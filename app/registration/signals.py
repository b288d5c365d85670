"""What registration tells later domains; app/reactions.py connects who listens."""

from __future__ import annotations

from blinker import Namespace

# Sent with the Registrant once the row is written, in the same transaction.
registered = Namespace().signal("registered")

# Sent with the Registrant that stands and ``other``, the one merged into it. A receiver moves its own rows and
# returns {its name: what it moved} as plain data, which ``merger_undone`` gives back as ``moved``.
registrants_merged = Namespace().signal("registrants-merged")
merger_undone = Namespace().signal("merger-undone")

# Sent with the Registrant whose own data is asked for; a receiver returns (heading, [(name, value)]) or None.
gathering_own_data = Namespace().signal("gathering-own-data")

# Sent with the Registrant who goes and ``come``, who takes the seat.
substituted = Namespace().signal("substituted")
