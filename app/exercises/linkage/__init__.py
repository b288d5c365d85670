"""The plan-linkage exercise: how village, local, district and provincial plans join."""
