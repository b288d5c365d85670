"""What a power cut does to a door in full swing: real servers, killed in the middle (``python -m chaos``)."""
