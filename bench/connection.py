"""A small HTTP client for load: one kept connection, cookies kept, nothing interpreted that need not be."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back, and how long it took in milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float


@dataclass
class Connection:
    """One browser: requests go one after the other over a connection that is opened again when it was closed."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.request("GET", path, b"", headers)

    async def post(self, path: str, body: bytes, **headers: str) -> Answer:
        return await self.request("POST", path, body, headers)

    async def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send and read one answer; a connection the server has closed meanwhile is opened once more."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        sent = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        began = time.perf_counter()
        try:
            status, found, content = await self._exchange(sent)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            status, found, content = await self._exchange(sent)
        return Answer(status, found, content, (time.perf_counter() - began) * 1000)

    async def _exchange(self, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        assert self._reader is not None
        self._writer.write(sent)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split()[1]), {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _, rest = value.strip().partition("=")
                self.cookies[key] = rest.partition(";")[0]
            headers[name.lower()] = value.strip()
        body = b""
        if status not in (204, 304):
            body = await self._body(headers)
        return status, headers, body

    async def _body(self, headers: dict[str, str]) -> bytes:
        assert self._reader is not None
        if headers.get("transfer-encoding") != "chunked":
            return await self._reader.readexactly(int(headers.get("content-length", 0)))
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()
        return body

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
