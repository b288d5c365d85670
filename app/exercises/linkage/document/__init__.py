"""An exercise as one JSON document: its shape, reading it, and the rows it becomes and comes from."""
