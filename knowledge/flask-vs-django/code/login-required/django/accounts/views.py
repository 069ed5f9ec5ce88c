from django.contrib.auth.decorators import login_required
from django.http import HttpResponse


@login_required
def account(request):
    name = request.user.get_username()
    return HttpResponse(f"Hello, {name}")
