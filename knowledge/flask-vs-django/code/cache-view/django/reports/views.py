# --- show
from django.http import HttpResponse
from django.views.decorators.cache import cache_page


@cache_page(60)
def report(request):
    return HttpResponse(slow_report())


# --- end
made = 0


def slow_report():
    global made
    made += 1
    return f"Report {made}"
