"""What a text search finds in a case: its service, its places, and the words of everyone who reported it."""

from __future__ import annotations

from parvis.cases.models import Case, Report
from parvis.shared.search import SearchIndex

CASES = SearchIndex("cases_search")


def document(service: str, reports: list[Report]) -> str:
    parts = [service]
    for report in reports:
        parts.append(report.description)
        parts += [str(value) for value in report.answers.values()]
        if report.place:
            parts += [report.place.label, report.place.public_label]
    return "\n".join(parts)[:100_000]


def refresh(case: Case, reports: list[Report] | None = None) -> None:
    """Index one case anew, with all its reports (read here if the caller doesn't have them). Inside a transaction."""
    if reports is None:
        reports = list(case.reports.select_related("place"))
    CASES.put(case.pk, document(f"{case.service.name_fr} {case.service.name_en}", reports))
