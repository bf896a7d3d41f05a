"""Which event sets off what: the page that shows the house working.

Each entry of the ledger whose kind stands here enqueues one job per reaction, in the same transaction. A reaction
takes the id of the entry, runs at least once, and is idempotent.
"""

from parvis.notices import reactions as notices

FLOW = {
    "report.submitted": (notices.acknowledge,),
    "report.joined": (notices.acknowledge,),
    "case.accepted": (notices.tell_reporters,),
    "case.planned": (notices.tell_reporters,),
    "case.started": (notices.tell_reporters,),
    "case.waiting": (notices.tell_reporters,),
    "case.closed": (notices.tell_reporters,),
    "case.reopened": (notices.tell_reporters,),
    "case.due_changed": (notices.tell_reporters,),
    "case.replied": (notices.tell_reporters,),
}
