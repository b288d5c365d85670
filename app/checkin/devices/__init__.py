"""The phones of door staff: how they are paired, and what they keep without a network."""
