from django.http import HttpResponse

from .celery import write_receipt


def pay(request, order):
    write_receipt.delay(order)
    return HttpResponse("Your receipt is on its way.", status=202)
