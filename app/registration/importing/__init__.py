"""The import of lists: pure until ``applying`` writes. Read ``preparing.prepare`` first."""
