import asyncio

from django.http import JsonResponse


async def price(shop):
    await asyncio.sleep(0.3)  # as if it asked another service
    return {"north": 12, "south": 11}[shop]


async def prices(request):
    north, south = await asyncio.gather(price("north"), price("south"))
    return JsonResponse({"north": north, "south": south})
