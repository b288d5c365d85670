"""What a group writes: its cards, how far it is, handing in, paper mode, suggestions."""
