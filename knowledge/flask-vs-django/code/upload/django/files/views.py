# --- show
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.views.decorators.http import require_POST

# --- end
from django.shortcuts import render


# --- show
@require_POST
def upload(request):
    file = request.FILES.get("file")
    if file is None:
        return HttpResponse("Choose a file.", status=400)
    name = default_storage.save(file.name, file)
    return HttpResponse(f"Saved {name}", status=201)


# --- end
def form(request):
    return render(request, "form.html")
