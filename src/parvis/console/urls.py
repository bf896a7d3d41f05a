"""The staff's doors."""

from django.urls import path

from parvis.console import errors
from parvis.console.urls_admin import admin_urls
from parvis.console.views import (
    bulk,
    case,
    dispatching,
    drafts,
    intake,
    joining,
    moves,
    photos,
    queues,
    search,
    talking,
)

app_name = "console"
_case = "dossiers/<int:case_id>"
_daily = [
    path("", queues.home, name="home"),
    path("files/<slug:code>", queues.queue, name="queue"),
    path("recherche", search.search, name="search"),
    path("recherche/apercu", search.as_you_type, name="search_as_you_type"),
    path("lot/apercu", bulk.preview, name="bulk_preview"),
    path("lot", bulk.assign, name="bulk_assign"),
    path("lot/fait", bulk.done, name="bulk_done"),
    path("lot/annuler", bulk.undo, name="bulk_undo"),
    path(_case, case.page, name="case"),
    path(f"{_case}/etat/<slug:to>", moves.move, name="move"),
    path(f"{_case}/confier", dispatching.assign, name="assign"),
    path(f"{_case}/service", dispatching.change_service, name="service"),
    path(f"{_case}/lieu", dispatching.change_place, name="place"),
    path(f"{_case}/alerte", dispatching.clear_emergency, name="clear_emergency"),
    path(f"{_case}/photos/<uuid:photo_id>/publier", dispatching.publish_photo, name="publish_photo"),
    path(f"{_case}/joindre", joining.merge, name="merge"),
    path("jonctions/<int:merge_id>/annuler", joining.unmerge, name="unmerge"),
    path("demandes/<int:report_id>/separer", joining.separate, name="separate"),
    path(f"{_case}/reponse", talking.reply, name="reply"),
    path(f"{_case}/note", talking.note, name="note"),
    path(f"{_case}/brouillon", drafts.save, name="draft"),
    path(f"{_case}/brouillon/effacer", drafts.drop, name="drop_draft"),
    path(f"{_case}/presence", drafts.presence, name="presence"),
    path("photos/<uuid:photo_id>/<slug:size>", photos.photo, name="photo"),
    path("nouvelle", intake.new, name="new"),
    path("nouvelle/services", intake.services, name="intake_services"),
    path("nouvelle/questions", intake.questions, name="intake_questions"),
    path("nouvelle/autour", intake.around, name="intake_around"),
    path("nouvelle/lieux", intake.places, name="intake_places"),
    path("nouvelle/<str:number>", intake.registered, name="registered"),
]
_unknown = [path("<path:rest>", errors.unknown, name="unknown")]
urlpatterns = errors.guarded([*_daily, *admin_urls, *_unknown])
