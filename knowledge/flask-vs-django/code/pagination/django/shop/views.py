from django.core.paginator import Paginator
from django.http import JsonResponse

from .models import Book


def books(request):
    query = Book.objects.order_by("title")
    paginator = Paginator(query, per_page=2)
    page = paginator.get_page(request.GET.get("page"))
    titles = [book.title for book in page]
    pages = paginator.num_pages
    found = {"titles": titles, "page": page.number, "pages": pages}
    return JsonResponse(found)
