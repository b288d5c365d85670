"""The plan book as PDF and DOCX."""
