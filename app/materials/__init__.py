"""Documents of a session (เอกสารประกอบการอบรม): hidden before their time, downloadable after."""
