from django.http import HttpResponse


def visit(request):
    visits = request.session.get("visits", 0) + 1
    request.session["visits"] = visits
    return HttpResponse(f"Visit {visits}")
