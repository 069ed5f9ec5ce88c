from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST


# --- show
@require_POST
def upload(request):
    file = request.FILES["file"]
    name = default_storage.save(file.name, file)
    return HttpResponse(f"Saved {name}", status=201)


# --- end
def form(request):
    return render(request, "form.html")
