"""Is the house alive? Answers in words that a monitor and a person both read."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from parvis.shared import audience, jobs


@audience.public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and a worker has beaten within a minute; 503 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    worker_age_s = jobs.seconds_since_heartbeat()
    alive = worker_age_s is not None and worker_age_s < 60
    body = {"database": "ok", "worker_heartbeat_age_s": worker_age_s, "dead_jobs": jobs.dead_count()}
    return JsonResponse(body | {"status": "ok" if alive else "no worker"}, status=200 if alive else 503)
