"""What is measured: every module with ``figures()`` is run by ``python -m bench``; no test asserts a time."""
