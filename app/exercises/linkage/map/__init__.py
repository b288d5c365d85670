"""The drawings of how plans link: boxes in columns, a province's flow, the map for the back row."""
