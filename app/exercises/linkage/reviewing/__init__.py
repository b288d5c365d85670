"""A plan reviewed: a new exercise begins from a former one, and each item of it is decided on."""
