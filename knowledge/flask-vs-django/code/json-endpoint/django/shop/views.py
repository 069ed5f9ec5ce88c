from django.http import JsonResponse

BOOKS = {1: "Dune", 2: "Emma"}


def book(request, number):
    if number not in BOOKS:
        problem = {"error": "no such book"}
        return JsonResponse(problem, status=404)
    return JsonResponse({"id": number, "title": BOOKS[number]})
