"""Work that is nobody's request: duties that come due, run by one worker at a time."""
