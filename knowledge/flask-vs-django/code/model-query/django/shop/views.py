from django.http import JsonResponse

from .models import Book


def recent(request):
    books = Book.objects.filter(year__gt=2000)
    titles = [book.title for book in books.order_by("title")]
    return JsonResponse(titles, safe=False)
