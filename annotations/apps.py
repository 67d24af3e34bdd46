from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AnnotationsConfig(AppConfig):
    """One app holds the whole domain, because its tables form one domain."""

    name = "annotations"
    verbose_name = "Annotations"

    def ready(self) -> None:
        from annotations.models.epoch import begin_epoch_after_migrating

        post_migrate.connect(begin_epoch_after_migrating, sender=self)
