"""The form, one file per step, in the order of journey.py."""
