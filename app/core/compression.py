"""Pages are squeezed before they leave: a hall of five hundred phones shares one line."""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

_WORTH_IT = 1024
_KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/plain"})


def init_compression(app: Flask) -> None:
    """Compress text answers over one kilobyte as the browser allows."""

    @app.after_request
    def compress(response: Response) -> Response:
        if (
            response.mimetype not in _KINDS
            or response.direct_passthrough
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or response.status_code == 304
            or (response.content_length or 0) < _WORTH_IT
        ):
            return response
        if "br" in request.accept_encodings:
            response.set_data(brotli.compress(response.get_data(), quality=4))
            response.headers["Content-Encoding"] = "br"
        elif "gzip" in request.accept_encodings:
            response.set_data(gzip.compress(response.get_data(), 6))
            response.headers["Content-Encoding"] = "gzip"
        else:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        return response
