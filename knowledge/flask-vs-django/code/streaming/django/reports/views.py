from django.http import StreamingHttpResponse


def rows():
    yield "number,square\n"
    for number in range(1, 1001):
        yield f"{number},{number**2}\n"


def squares(request):
    return StreamingHttpResponse(rows(), content_type="text/csv")
