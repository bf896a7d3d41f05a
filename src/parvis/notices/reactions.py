"""What the house says to people when something happens. Named in config/flow.py; each takes the id of a ledger entry."""


def acknowledge(entry_id: int) -> None:
    """(contract; being built)"""


def tell_reporters(entry_id: int) -> None:
    """(contract; being built)"""
