from django.http import HttpResponse


def order(request, number):
    text = f"Order {number}, next is {number + 1}"
    return HttpResponse(text)
