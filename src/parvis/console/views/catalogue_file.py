"""A whole catalogue as a file: tried without changing anything, then taken in, all of it or nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.catalogue import importing
from parvis.catalogue.errors import BadFile
from parvis.catalogue.importing import Imported
from parvis.console.forms.admin.catalogue_file import CatalogueFileForm
from parvis.ledger import context as ledger
from parvis.shared import audience


@audience.agent("catalogue.edit")
def catalogue_file(request: HttpRequest) -> HttpResponse:
    form = CatalogueFileForm(request.POST or None, request.FILES or None)
    page = {"form": form, "section": "catalogue", "is_trial": "try" in request.POST}
    if not form.is_valid():
        return render(request, "console/admin/catalogue_file.html", page, status=400 if form.is_bound else 200)
    try:
        done = _load(form.cleaned_data["file"], is_trial=bool(page["is_trial"]))
    except BadFile as bad:
        page |= {"faults": bad.faults, "refusal": bad.sentence}
        return render(request, "console/admin/catalogue_file.html", page, status=400)
    return render(request, "console/admin/catalogue_file.html", page | {"done": done})


def _load(file: UploadedFile, *, is_trial: bool) -> Imported:
    """Raises BadFile. A trial does everything, then undoes it: what it tells is what would happen."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic(), ledger.acting(channel="import"):
        path = Path(folder) / "catalogue.csv"
        path.write_bytes(b"".join(file.chunks()))
        done = importing.load(path)
        transaction.set_rollback(is_trial)
    return done
