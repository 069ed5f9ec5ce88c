from django.http import HttpResponse


def open_orders(request):
    return HttpResponse("2 open orders")
