"""The ordinary scan at one go: one phone, one badge or chosen name, an enter or exit at one of its points.

Hundreds come in a hall at once, so they are recorded by the driver itself (see prepared.py), and those that wait
for their turn at the same moment are written together (recording.py). The rules are the ledger's own, and so are
the rows and the answers. Whatever is not ordinary (a foreign or revoked code, a batch, an undo, somebody typed in,
a phone that has something to say about itself) is answered None with nothing written, and takes the longer road.
"""
