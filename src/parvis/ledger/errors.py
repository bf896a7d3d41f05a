"""LedgerError
├── AppendOnlyError     an entry is never changed or deleted
└── OutsideTransaction  record() must share the transaction of the change it tells
"""


class LedgerError(Exception):
    code = "ledger"


class AppendOnlyError(LedgerError):
    """An entry of the ledger is never changed or deleted: record what happened next instead."""

    code = "append_only"


class OutsideTransaction(LedgerError):
    """record() was called outside a transaction: the change and its entry would not stand or fall together."""

    code = "outside_transaction"
