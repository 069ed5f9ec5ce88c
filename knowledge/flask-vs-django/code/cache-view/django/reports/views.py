from django.http import HttpResponse
from django.views.decorators.cache import cache_page

made = 0


# --- show
@cache_page(60)
def report(request):
    return HttpResponse(slow_report())


# --- end
def slow_report():
    global made
    made += 1
    return f"Report {made}"
