from django.core.paginator import Paginator
from django.http import JsonResponse

from .models import Book


# --- show
def books(request):
    query = Book.objects.order_by("title")
    paginator = Paginator(query, per_page=2)
    page = paginator.get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "titles": [book.title for book in page],
            "page": page.number,
            "pages": paginator.num_pages,
        }
    )
