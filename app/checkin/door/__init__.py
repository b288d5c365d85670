"""A person at the door: found by badge or name, let in, walked in, stood in for."""
