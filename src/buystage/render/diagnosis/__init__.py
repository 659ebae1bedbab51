"""A diagnosis in words and in formats, one module a format; `sections.py` puts it in words for all of them."""
