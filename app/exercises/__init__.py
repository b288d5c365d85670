"""Group exercises: what tables draft together and how it is followed, returned and accepted."""
