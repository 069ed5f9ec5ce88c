from django.http import HttpResponseNotFound


def not_found(request, exception):
    text = f"There is no page {request.path}."
    return HttpResponseNotFound(text, content_type="text/plain")
