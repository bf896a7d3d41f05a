from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from parvis.catalogue.reading import FILE_MAX


class CatalogueFileForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier du catalogue (CSV)"),
        help_text=_(
            "Une ligne par service. Ce que le fichier dit l’emporte ; les services dont il ne parle pas restent."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > FILE_MAX:
            raise forms.ValidationError(_("Ce fichier est trop gros pour un catalogue. Vérifiez que c’est le bon."))
        return file
