"""LedgerError
├── AppendOnlyError     an entry is never changed or deleted
├── NotPlainData        an event holds something that JSON can't give back unchanged
└── OutsideTransaction  record() must share the transaction of the change it tells
"""


class LedgerError(Exception):
    code = "ledger"


class AppendOnlyError(LedgerError):
    """An entry of the ledger is never changed or deleted: record what happened next instead."""

    code = "append_only"


class NotPlainData(LedgerError):
    """An event holds a value that one of the databases would give back changed, which would break the chain."""

    code = "not_plain_data"


class OutsideTransaction(LedgerError):
    """record() was called outside a transaction: the change and its entry would not stand or fall together."""

    code = "outside_transaction"
