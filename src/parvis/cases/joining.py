"""Two cases for one thing: merging, undoing it, taking one report out. Nobody's report is ever deleted or closed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.cases import access, dispatch, events, index
from parvis.cases.errors import CannotJoin
from parvis.cases.models import Case, Merge, Report
from parvis.cases.workflow import touch
from parvis.ledger.record import record
from parvis.people.models import Agent
from parvis.shared import clock


def merge(case_id: int, into_id: int, *, agent: Agent) -> Merge:
    """Move every report of one case into another; the emptied case points to it. Can be undone.

    Raises NotFoundOrNotYours, CannotJoin.
    """
    with transaction.atomic():
        # Lock in the order of ids, so that two people merging the same pair don't wait on each other for ever.
        locked = {pk: access.case_for(agent, pk, "case.merge", lock=True) for pk in sorted({case_id, into_id})}
        case, into = locked[case_id], locked[into_id]
        _check_pair(case, into)
        reports = list(case.reports.all())
        made = Merge.objects.create(emptied=case, into=into, report_ids=[r.pk for r in reports], at=clock.now())
        _move(reports, case, into)
        case.merged_into = into
        into.is_emergency = into.is_emergency or case.is_emergency
        _settle(case, into)
        record(events.CaseMerged(into.pk, made.pk, len(reports)), subject=case)
        record(events.CaseGathered(case.pk, made.pk, into.reports_count), subject=into)
        return made


def _check_pair(case: Case, into: Case) -> None:
    if case == into:
        raise CannotJoin(_("C’est le même dossier. Choisissez-en un autre."))
    if case.merged_into_id is not None:
        raise CannotJoin(_("Ce dossier est déjà joint à un autre. Annulez d’abord cette jonction."))
    if into.merged_into_id is not None:
        raise CannotJoin(_("Le dossier choisi est lui-même joint à un autre. Choisissez celui-là."))
    if not into.is_open:
        raise CannotJoin(_("Le dossier choisi est terminé. Rouvrez-le d’abord, ou choisissez-en un autre."))


def undo(merge_id: int, *, agent: Agent) -> Merge:
    """Put the reports that moved back where they were. Those that joined since stay. Raises CannotJoin."""
    with transaction.atomic():
        found = Merge.objects.filter(pk=merge_id).first()
        pair = sorted({found.emptied_id, found.into_id}) if found else [0]
        locked = {pk: access.case_for(agent, pk, "case.merge", lock=True) for pk in pair}
        made = Merge.objects.select_for_update().get(pk=merge_id)
        if made.undone_at is not None:
            raise CannotJoin(_("Cette jonction est déjà annulée. Rechargez la page."))
        case, into = locked[made.emptied_id], locked[made.into_id]
        made.undone_at = clock.now()
        made.save(update_fields=["undone_at"])
        _move(list(Report.objects.filter(pk__in=made.report_ids, case=into)), into, case)
        case.merged_into = None
        _settle(case, into)
        record(events.CaseUnmerged(into.pk, made.pk, case.reports_count), subject=case)
        record(events.CaseUnmerged(case.pk, made.pk, into.reports_count), subject=into)
        return made


def separate(report_id: int, *, agent: Agent) -> Case:
    """Take one report out of a shared case into a new case of its own. Raises NotFoundOrNotYours, CannotJoin."""
    with transaction.atomic():
        report = Report.objects.filter(pk=report_id).select_related("service__department", "place__segment").first()
        case = access.case_for(agent, report.case_id if report else 0, "case.merge", lock=True)
        assert report is not None
        if case.reports_count < 2:
            raise CannotJoin(_("C’est la seule demande du dossier : il n’y a rien à séparer."))
        own = dispatch.open_case(report.service, report.place)
        _move([report], case, own)
        _settle(case, own)
        record(events.CaseSeparated(report.pk, own.pk), subject=case)
        return own


def _move(reports: list[Report], source: Case, target: Case) -> None:
    """Carry reports, and the pictures that came with them, from one case to another."""
    from parvis.cases.models import Photo

    for report in reports:
        report.case = target
        report.save(update_fields=["case"])
        Photo.objects.filter(report=report).update(case=target)
        record(events.ReportMoved(source.pk, target.pk), subject=report)


def _settle(*cases: Case) -> None:
    for case in cases:
        case.reports_count = case.reports.count()
        touch(case)
        index.refresh(case)
