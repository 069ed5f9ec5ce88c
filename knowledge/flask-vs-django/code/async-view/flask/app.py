import asyncio

from flask import Flask

app = Flask(__name__)


async def price(shop):
    await asyncio.sleep(0.3)  # as if it asked another service
    return {"north": 12, "south": 11}[shop]


@app.get("/prices")
async def prices():
    north, south = await asyncio.gather(price("north"), price("south"))
    return {"north": north, "south": south}
