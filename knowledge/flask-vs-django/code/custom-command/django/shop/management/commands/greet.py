from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Greet somebody."

    def add_arguments(self, parser):
        parser.add_argument("name")

    def handle(self, *args, name, **options):
        self.stdout.write(f"Hello, {name}!")
