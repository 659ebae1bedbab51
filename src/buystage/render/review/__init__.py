"""Reviews of deals in words, and as files for other programs: one module a format, all made from `report.py`."""
