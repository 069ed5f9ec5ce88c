from time import perf_counter


def add_duration(get_response):
    def middleware(request):
        started = perf_counter()
        response = get_response(request)
        ms = (perf_counter() - started) * 1000
        response["Server-Timing"] = f"app;dur={ms:.1f}"
        return response

    return middleware
