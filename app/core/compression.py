"""Pages are squeezed before they leave: a hall of five hundred phones shares one line.

A page that echoes what somebody typed beside a secret can leak the secret through its length, but only to one who
can make the browser send the request with its cookies; SameSite=Lax cookies do not go along.
"""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

_WORTH_IT = 1024
_KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/plain"})


def squeeze(body: bytes, encoding: str, hardest: bool = False) -> bytes:
    """The body as "br" or "gzip"; ``hardest`` for what is kept, quick for what is sent once."""
    if encoding == "br":
        return brotli.compress(body, quality=11 if hardest else 4)
    return gzip.compress(body, 9 if hardest else 6, mtime=0)


def init_compression(app: Flask) -> None:
    """Compress text answers over one kilobyte as the browser allows."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not _gains(response):
            return response
        response.headers.add("Vary", "Accept-Encoding")
        encoding = next((name for name in ("br", "gzip") if name in request.accept_encodings), "")
        if encoding:
            response.set_data(squeeze(response.get_data(), encoding))
            response.headers["Content-Encoding"] = encoding
            etag, is_weak = response.get_etag()
            if etag and not is_weak:
                response.set_etag(etag, weak=True)  # the same page, no longer the same bytes
        return response


def _gains(response: Response) -> bool:
    return (
        (response.content_length or 0) >= _WORTH_IT
        and response.mimetype in _KINDS
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and response.status_code not in (204, 206, 304)
    )
