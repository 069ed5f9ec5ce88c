from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

# --- show
from .celery import write_receipt


# --- end
@csrf_exempt  # so that curl can try it
# --- show
@require_POST
def pay(request, order):
    write_receipt.delay(order)
    text = "Your receipt is on its way."
    return HttpResponse(text, status=202)
