"""Requests to a server, and what is done where it is busy or gone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from .errors import NLAError

_BUSY = 429
_LONGEST_PAUSE = 30.0


class Transport:
    """Sends JSON and gives back JSON; asks again, a few times, where the server's queue is full."""

    def __init__(self, url: str, token: str | None, timeout: float, retries: int, http: httpx.Client | None = None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = http or httpx.Client(base_url=url, headers=headers, timeout=httpx.Timeout(timeout, connect=10))
        self._url = url
        self._retries = retries

    def get(self, path: str) -> Any:
        return self._sent(lambda: self._http.get(path))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._sent(lambda: self._http.post(path, json=body))

    def lines(self, path: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The objects of an answer that comes line by line, each as soon as it is there."""
        for attempt in range(self._retries + 1):
            try:
                with self._http.stream("POST", path, json=body, headers={"Accept": "application/x-ndjson"}) as answer:
                    if answer.status_code == _BUSY and attempt < self._retries:
                        pause = _pause(answer, attempt)
                    elif answer.status_code != 200:
                        answer.read()
                        raise NLAError.of(answer.status_code, _json(answer))
                    else:
                        for line in answer.iter_lines():
                            if line.strip():
                                row = json.loads(line)
                                if "error" in row:
                                    raise NLAError.of(answer.status_code, row)
                                yield row
                        return
            except httpx.HTTPError as failure:
                raise self._gone(failure) from failure
            time.sleep(pause)

    def close(self) -> None:
        self._http.close()

    def _sent(self, send) -> Any:
        for attempt in range(self._retries + 1):
            try:
                answer = send()
            except httpx.HTTPError as failure:
                raise self._gone(failure) from failure
            if answer.status_code == _BUSY and attempt < self._retries:
                time.sleep(_pause(answer, attempt))
                continue
            if answer.status_code >= 400:
                raise NLAError.of(answer.status_code, _json(answer))
            return _json(answer)

    def _gone(self, failure: httpx.HTTPError) -> NLAError:
        why = str(failure) or type(failure).__name__
        return NLAError(f"{self._url}: no answer ({why}): is nla serve running there?")


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _pause(answer: httpx.Response, attempt: int) -> float:
    try:
        asked = float(answer.headers.get("Retry-After", ""))
    except ValueError:
        asked = 0.5 * 2**attempt
    return min(max(asked, 0.05), _LONGEST_PAUSE)
