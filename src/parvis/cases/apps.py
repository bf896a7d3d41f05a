from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "parvis.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from parvis.cases.erasing import forget
        from parvis.people.retention import ERASERS

        ERASERS.append(forget)
