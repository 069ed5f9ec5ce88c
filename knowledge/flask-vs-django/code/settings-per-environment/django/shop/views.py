from django.conf import settings
from django.http import HttpResponse


def home(request):
    return HttpResponse(f"Welcome to {settings.SHOP_NAME}")
