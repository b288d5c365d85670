"""Drawings of the analyses beside the map: bars, heat tables, value-chain lanes, slopes; all of them SVG."""
