"""Who may open which door, written a second time on purpose: the declarations in the code must agree with this table.

A new door gets a line here, in the same commit.
"""

PUBLIC, PERSON, MACHINE = "public", "person", "machine"

CONSOLE = {
    # the entrance
    "sign_in": PUBLIC, "one_time": PUBLIC, "sign_out": PUBLIC, "password": "console.open",
    # queues and cases: the door is open to staff, and each case only to those who may read it
    "home": "console.open", "queue": "console.open", "search": "console.open", "search_as_you_type": "console.open",
    "case": "console.open", "move": "console.open", "draft": "console.open", "drop_draft": "console.open",
    "presence": "console.open", "photo": "console.open", "unknown": "console.open",
    "bulk_preview": "case.bulk", "bulk_assign": "case.bulk", "bulk_done": "case.bulk", "bulk_undo": "case.bulk",
    "assign": "case.accept", "service": "case.accept", "place": "case.accept",
    "clear_emergency": "case.clear_emergency", "publish_photo": "photo.publish",
    "merge": "case.merge", "unmerge": "case.merge", "separate": "case.merge",
    "reply": "case.reply", "note": "case.note",
    "new": "case.create", "intake_services": "case.create", "intake_questions": "case.create",
    "intake_around": "case.create", "intake_places": "console.open", "registered": "case.create",
    # the catalogue
    "catalogue": "catalogue.edit", "catalogue_file": "catalogue.edit",
    "categories": "catalogue.edit", "new_category": "catalogue.edit",
    "category": "catalogue.edit", "new_service": "catalogue.edit", "catalogue_service": "catalogue.edit",
    "service_preview": "catalogue.edit", "retire_service": "catalogue.edit", "restore_service": "catalogue.edit",
    "new_question": "catalogue.edit", "question": "catalogue.edit", "move_question": "catalogue.edit",
    "remove_question": "catalogue.edit", "routing": "catalogue.edit", "new_rule": "catalogue.edit",
    "rule": "catalogue.edit", "remove_rule": "catalogue.edit", "calendars": "catalogue.edit",
    "new_calendar": "catalogue.edit", "calendar": "catalogue.edit", "save_day": "catalogue.edit",
    "remove_day": "catalogue.edit",
    # people who work here
    "accounts": "people.edit", "new_account": "people.edit", "permissions": "people.edit", "account": "people.edit",
    "account_link": "people.edit", "close_account": "people.edit", "reopen_account": "people.edit",
    "organisation": "people.edit", "new_department": "people.edit", "department": "people.edit",
    "new_team": "people.edit", "team": "people.edit",
    # watching over the house
    "jobs": "jobs.manage", "replay_job": "jobs.manage", "discard_job": "jobs.manage", "ledger": "ledger.read",
    "notices": "person.read",
}  # fmt: skip

PORTAL = {
    "home": PUBLIC, "report": PUBLIC, "step_urgence": PUBLIC, "step_lieu": PUBLIC, "step_deja-signale": PUBLIC,
    "step_details": PUBLIC, "step_coordonnees": PUBLIC, "step_verification": PUBLIC, "report_sent": PERSON,
    "report_abandon": PUBLIC, "track": PUBLIC, "tracking": PUBLIC, "tracking_secret": PERSON,
    "tracking_reopen": PERSON, "tracking_notices": PERSON, "photo_of_report": PERSON, "case_public": PUBLIC,
    "join": PUBLIC, "photo": PUBLIC, "set_language": PUBLIC, "privacy": PUBLIC, "accessibility": PUBLIC,
    "robots": PUBLIC, "favicon": PUBLIC, "theme": PUBLIC, "logo": PUBLIC, "map": PUBLIC, "map_cards": PUBLIC,
    "map_clusters": PUBLIC, "map_tiles": PUBLIC, "map_zone_names": PUBLIC, "address_suggestions": PUBLIC,
    "address_here": PUBLIC,
}  # fmt: skip

OPEN311 = {
    "services": MACHINE, "service": MACHINE, "requests": MACHINE, "request": MACHINE, "anything_else": MACHINE,
}  # fmt: skip

TABLE = {
    "healthz": PUBLIC,
    **{f"console:{name}": who for name, who in CONSOLE.items()},
    **{f"portal:{name}": who for name, who in PORTAL.items()},
    **{f"open311:{name}": who for name, who in OPEN311.items()},
}
