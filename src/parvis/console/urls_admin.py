"""The doors of administration: entrance, catalogue, accounts, jobs, ledger, notices."""

from __future__ import annotations

from django.urls import URLPattern, path

from parvis.console.views import (
    accounts,
    calendars,
    catalogue,
    catalogue_file,
    jobs,
    ledger,
    notices,
    organisation,
    questions,
    routing,
    sign_in,
)

_entrance = [
    path("entrer", sign_in.sign_in, name="sign_in"),
    path("entrer/<str:token>", sign_in.one_time, name="one_time"),
    path("sortir", sign_in.sign_out, name="sign_out"),
    path("mot-de-passe", sign_in.password, name="password"),
]
_catalogue = [
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("catalogue/fichier", catalogue_file.catalogue_file, name="catalogue_file"),
    path("catalogue/familles", catalogue.categories, name="categories"),
    path("catalogue/familles/nouvelle", catalogue.new_category, name="new_category"),
    path("catalogue/familles/<int:category_id>", catalogue.category, name="category"),
    path("catalogue/services/nouveau", catalogue.new_service, name="new_service"),
    path("catalogue/services/<int:service_id>", catalogue.service, name="catalogue_service"),
    path("catalogue/services/<int:service_id>/apercu", catalogue.preview, name="service_preview"),
    path("catalogue/services/<int:service_id>/retirer", catalogue.retire, name="retire_service"),
    path("catalogue/services/<int:service_id>/remettre", catalogue.restore, name="restore_service"),
    path("catalogue/services/<int:service_id>/questions/nouvelle", questions.new_question, name="new_question"),
    path("catalogue/questions/<int:question_id>", questions.question, name="question"),
    path("catalogue/questions/<int:question_id>/deplacer", questions.move, name="move_question"),
    path("catalogue/questions/<int:question_id>/retirer", questions.remove, name="remove_question"),
]
_routing = [
    path("aiguillage", routing.routing, name="routing"),
    path("aiguillage/nouvelle", routing.new_rule, name="new_rule"),
    path("aiguillage/<int:rule_id>", routing.rule, name="rule"),
    path("aiguillage/<int:rule_id>/retirer", routing.remove, name="remove_rule"),
]
_calendars = [
    path("calendriers", calendars.calendars, name="calendars"),
    path("calendriers/nouveau", calendars.new_calendar, name="new_calendar"),
    path("calendriers/<int:calendar_id>", calendars.calendar, name="calendar"),
    path("calendriers/<int:calendar_id>/jours", calendars.save_day, name="save_day"),
    path("calendriers/jours/<int:day_id>/retirer", calendars.remove_day, name="remove_day"),
]
_people = [
    path("comptes", accounts.list_accounts, name="accounts"),
    path("comptes/nouveau", accounts.new_account, name="new_account"),
    path("comptes/permissions", accounts.permissions, name="permissions"),
    path("comptes/<int:agent_id>", accounts.account, name="account"),
    path("comptes/<int:agent_id>/lien", accounts.make_link, name="account_link"),
    path("comptes/<int:agent_id>/fermer", accounts.close_account, name="close_account"),
    path("comptes/<int:agent_id>/rouvrir", accounts.reopen_account, name="reopen_account"),
    path("directions", organisation.organisation, name="organisation"),
    path("directions/nouvelle", organisation.new_department, name="new_department"),
    path("directions/<int:department_id>", organisation.department, name="department"),
    path("equipes/nouvelle", organisation.new_team, name="new_team"),
    path("equipes/<int:team_id>", organisation.team, name="team"),
]
_watch = [
    path("taches", jobs.job_list, name="jobs"),
    path("taches/<int:job_id>/relancer", jobs.replay, name="replay_job"),
    path("taches/<int:job_id>/abandonner", jobs.discard, name="discard_job"),
    path("registre", ledger.entries, name="ledger"),
    path("avis", notices.notices, name="notices"),
]
admin_urls: list[URLPattern] = [*_entrance, *_catalogue, *_routing, *_calendars, *_people, *_watch]
