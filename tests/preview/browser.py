"""A headless Chromium, driven through its own debugging protocol; nothing is downloaded for it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 20.0
"""Seconds to wait for anything on a busy machine."""
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-port=0",
)


def found() -> str | None:
    """Return the browser of this machine; the one that CHROMIUM names first."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Background:
    """An event loop in a thread, so that plain functions can wait for what happens in it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 60.0) -> T:
        """Return what a coroutine returns."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def close(self) -> None:
        """End the loop."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)


class Browser:
    """One page of a headless browser."""

    def __init__(self, background: Background, width: int = 1400, height: int = 900, scale: float = 1.0) -> None:
        self._background = background
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = found()
        assert command, "no browser on this machine"
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        window = [f"--window-size={width},{height}", f"--user-data-dir={self._profile.name}"]
        self._process = subprocess.Popen(
            [command, *FLAGS, *sandbox, *window, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.errors: list[str] = []
        """What went wrong on the page: exceptions, refused requests, violations of its security policy."""
        self.requested: list[str] = []
        """Every address that the page asked for."""
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._last = 0
        background.run(self._connect())
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.resize(width, height, scale)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer of the browser to a command of its protocol."""
        return self._background.run(self._call(method, parameters))

    def resize(self, width: int, height: int, scale: float = 1.0) -> None:
        """Give the page another size, in CSS pixels, and so many pixels of the screen for each of them."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    def open(self, address: str) -> None:
        """Open a page and wait until it says that it is ready."""
        self.call("Page.navigate", url=address)
        self.wait("document.documentElement?.dataset.ready === 'yes'")

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression on the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(json.dumps(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until an expression is true and return its value, which must be plain data: no element is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            value = self.evaluate(script)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}; errors: {self.errors}")

    def click(self, selector: str, text: str = "") -> None:
        """Click the last element that a selector finds and whose text begins so."""
        wanted = (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".filter(e => e.textContent.trim().startsWith({json.dumps(text)}) && e.offsetParent).at(-1)"
        )
        self.wait(f"Boolean({wanted})")
        self.evaluate(f"{wanted}.click()")

    def picture(self, clip: dict[str, float] | None = None) -> bytes:
        """Return a picture of the page, or of a part of it, as PNG."""
        area = {"clip": {"scale": 1, **clip}} if clip else {}
        shot = self.call("Page.captureScreenshot", format="png", optimizeForSpeed=True, **area)
        return base64.b64decode(shot["data"])

    def close(self) -> None:
        """End the browser."""
        self._background.run(self._disconnect())
        self._process.terminate()
        self._process.wait(10)
        self._profile.cleanup()

    async def _connect(self) -> None:
        port = await self._port()
        self._session = aiohttp.ClientSession()
        async with self._session.get(f"http://127.0.0.1:{port}/json") as answer:
            pages = [page for page in await answer.json() if page["type"] == "page"]
        self._socket = await self._session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0)
        self._listening = asyncio.create_task(self._listen())

    async def _port(self) -> int:
        file = Path(self._profile.name) / "DevToolsActivePort"
        for _ in range(int(PATIENCE / 0.1)):
            if file.exists() and file.read_text().strip():
                return int(file.read_text().split()[0])
            await asyncio.sleep(0.1)
        raise AssertionError("the browser did not start")

    async def _listen(self) -> None:
        async for message in self._socket:
            data = json.loads(message.data)
            if "id" in data:
                self._answers.pop(data["id"]).set_result(data)
            else:
                self._note(data["method"], data["params"])

    def _note(self, method: str, said: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(said["exceptionDetails"])[:400])
        elif method == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.errors.append(said["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requested.append(said["request"]["url"])

    async def _call(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        answer = self._answers[self._last] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE):
            data = await answer
        assert "error" not in data, (method, data["error"])
        return data["result"]

    async def _disconnect(self) -> None:
        self._listening.cancel()
        await self._socket.close()
        await self._session.close()
