from django.http import HttpResponse
from django.urls import path, register_converter


class YearConverter:
    regex = r"[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


def archive(request, year):
    return HttpResponse(f"Posts of {year}")


register_converter(YearConverter, "year")
urlpatterns = [path("archive/<year:year>", archive)]
