"""The exercise as a workbook."""
