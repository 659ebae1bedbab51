"""buystage: where the customer really is in their buying, from what the customer did and said."""

__version__ = "0.1.0"
