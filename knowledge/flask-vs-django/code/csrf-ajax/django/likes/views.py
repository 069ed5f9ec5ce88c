# --- show
from django.http import JsonResponse
from django.views.decorators.http import require_POST

# --- end
from django.shortcuts import render


# --- show
@require_POST
def like(request):
    return JsonResponse({"liked": True})


# --- end
def home(request):
    return render(request, "like.html")
