from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """One app holds the whole domain, because its tables form one domain."""

    name = "annotations"
    verbose_name = "Annotations"
