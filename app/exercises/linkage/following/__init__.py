"""Months after the training: what became of each project, told by who carries it out, through a link."""
