"""The signed sheets: their numbers, keying them in, comparing them with the scans."""
