"""Flask as this house uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from .url_rules import LaterRule


class Application(Flask):
    """Without coroutines, and with rules of addresses that learn to build when they are asked."""

    url_rule_class = LaterRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view and no hook here is a coroutine; the library would ask each of them at each request."""
        return func
