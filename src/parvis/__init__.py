"""Parvis: the front door through which residents reach their city."""

__version__ = "0.1.0"
