"""Is the house alive? Answers in words that a monitor and a person both read."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from parvis.shared import audience, jobs

SILENCE_S = 60  # a worker beats every ten seconds


@audience.public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and a worker has beaten within a minute; 503 otherwise."""
    try:
        body = _look()
    except DatabaseError:
        connection.close()
        body = {"status": "no database", "database": "no answer"}
    alive = body["status"] == "ok"
    return JsonResponse(body, status=200 if alive else 503, headers={"Cache-Control": "no-store"})


def _look() -> dict[str, object]:
    worker_age_s = jobs.seconds_since_heartbeat()
    alive = worker_age_s is not None and worker_age_s < SILENCE_S
    return {
        "status": "ok" if alive else "no worker",
        "database": "ok",
        "worker_heartbeat_age_s": worker_age_s,
        "dead_jobs": jobs.dead_count(),
    }
