"""The client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import pandas as pd

from .errors import NLAError
from .transport import Transport

_PER_GAP = 64


@dataclass(frozen=True)
class Extracted:
    """A text as the model reads it.

    Attributes:
        tokens: a row for each token: ``id``, ``text``, and ``in_text``, whether it belongs to the text and not to a chat template.
        vectors: activations, float32 ``[layers, positions, d]``, in the order they were asked for.
        positions: the tokens that ``vectors`` are of, ascending.
    """

    tokens: pd.DataFrame
    vectors: np.ndarray
    positions: list[int]


class NLA:
    """A running ``nla serve``.

    Args:
        url: where it listens, such as ``http://127.0.0.1:8090``.
        adapter: the verbalizer to ask where a call names none; by default the first that is loaded.
        token: what the server's ``--token-file`` holds.
        timeout: seconds that a piece of an answer may take.
        retries: how often to ask again where the server's queue is full.
    """

    def __init__(
        self,
        url: str,
        *,
        adapter: str | None = None,
        token: str | None = None,
        timeout: float = 300,
        retries: int = 5,
        http: httpx.Client | None = None,
    ):
        self._server = Transport(url.rstrip("/"), token, timeout, retries, http)
        self._adapter = adapter

    def __enter__(self) -> "NLA":
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._server.close()

    def adapters(self) -> pd.DataFrame:
        """The verbalizers that are loaded, a row each."""
        return pd.DataFrame(self._server.get("/v1/adapters")["adapters"])

    def describe(
        self,
        texts: str | Iterable[str] | None = None,
        *,
        vectors: np.ndarray | Sequence[Sequence[float]] | None = None,
        ids: Sequence[str] | None = None,
        positions: str | Sequence[int] = "last",
        adapter: str | None = None,
        progress: Callable[[int], None] | None = None,
        **options: Any,
    ) -> pd.DataFrame:
        """Puts activations into words.

        Args:
            texts: one text or several; or else ``vectors``, ``[n, d]``, or ``ids`` of the server's dataset.
            positions: which tokens of each text: ``"all"``, ``"last"``, ``"A:B"``, ``"every:N"``, ``"sample:N"`` or indices.
            adapter: the verbalizer.
            progress: is told how many rows are there.
            options: what ``POST /v1/describe`` takes besides, such as ``samples``, ``temperature``, ``seed``, ``prompt``, ``layer``,
                ``confidence=True``.

        Returns:
            A row for each activation: ``index`` (which of the texts, vectors or ids), where known ``layer``, ``prompt``, ``position`` and ``token``,
            the best description's ``text`` with its scores, and ``descriptions``, ``claims`` and ``warnings`` as the server sent them.
        """
        if sum(given is not None for given in (texts, vectors, ids)) != 1:
            raise ValueError("give exactly one of texts, vectors and ids")
        asked = {"adapter": adapter or self._default(), **options}
        rows: list[dict[str, Any]] = []
        for row in self._rows(asked, texts, vectors, ids, positions):
            rows.append(_flat(row))
            if progress:
                progress(len(rows))
        return pd.DataFrame(rows)

    def extract(
        self, text: str, *, layers: Sequence[int], positions: Sequence[int] | None = None, prompt: str = "chat"
    ) -> Extracted:
        """Tokens of a text, and activations at some of them; by default at the last."""
        body: dict[str, Any] = {"text": text, "layers": list(layers), "prompt": prompt}
        if positions is not None:
            body["positions"] = list(positions)
        answer = self._server.post("/v1/extract", body)
        tokens = pd.DataFrame(answer["tokens"])
        tokens["in_text"] = [answer["text_start"] <= i < answer["text_end"] for i in range(len(tokens))]
        found = {(each["layer"], each["position"]): each["vector"] for each in answer["activations"]}
        places = sorted({position for _, position in found})
        vectors = np.array([[found[layer, place] for place in places] for layer in layers], dtype=np.float32)
        return Extracted(tokens, vectors, places)

    def reconstruct(self, descriptions: str | Iterable[str]) -> np.ndarray:
        """Turns descriptions back into activations, float32 ``[n, d]``; of one description ``[d]``."""
        if isinstance(descriptions, str):
            answer = self._server.post("/v1/reconstruct", {"text": descriptions})
            return np.array(answer["vector"], dtype=np.float32)
        return np.array([self.reconstruct(each) for each in descriptions], dtype=np.float32)

    def steer(
        self,
        text: str,
        description: str | None = None,
        *,
        vector: np.ndarray | Sequence[float] | None = None,
        **options: Any,
    ) -> dict[str, Any]:
        """Writes words or a vector into an activation of a text, and lets the model go on.

        Args:
            text: what the model reads.
            description: words; or else ``vector``, ``[d]``.
            options: what ``POST /v1/steer`` takes besides, such as ``position``, ``mode="add"``, ``instead_of``, ``strength``.

        Returns:
            The answer, with ``before`` and ``after``, each with its ``text``.
        """
        if (description is None) == (vector is None):
            raise ValueError("give exactly one of description and vector")
        body: dict[str, Any] = {"text": text, **options}
        if description is not None:
            body["description"] = description
        else:
            body["vector"] = np.asarray(vector, dtype=np.float32).tolist()
        return self._server.post("/v1/steer", body)

    def gap(self, items: Iterable[dict[str, Any]]) -> pd.DataFrame:
        """The gap of descriptions: each item has ``description`` and one of ``text``, ``vector`` and ``id``."""
        given = list(items)
        rows: list[dict[str, Any]] = []
        for begin in range(0, len(given), _PER_GAP):
            answer = self._server.post("/v1/gap", {"items": given[begin : begin + _PER_GAP]})
            rows.extend(answer["items"])
        return pd.json_normalize(rows, sep="_") if rows else pd.DataFrame()

    def _default(self) -> str:
        if self._adapter is None:
            loaded = self._server.get("/v1/adapters")["adapters"]
            if not loaded:
                raise NLAError("the server has no verbalizer loaded: load one, or name one by adapter=")
            self._adapter = loaded[0]["name"]
        return self._adapter

    def _rows(self, asked, texts, vectors, ids, positions):
        if texts is not None:
            given = [texts] if isinstance(texts, str) else list(texts)
            if not given:
                return
            where = positions if isinstance(positions, str) else [int(position) for position in positions]
            yield from self._server.lines("/v1/describe", {**asked, "texts": given, "positions": where})
            return
        key = "vector" if vectors is not None else "id"
        values = np.asarray(vectors, dtype=np.float32).tolist() if vectors is not None else list(ids)
        for index, value in enumerate(values):
            yield {"index": index, **self._server.post("/v1/describe", {**asked, key: value})}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a data frame: the best description's own values stand beside what is known of the activation."""
    flat = {key: value for key, value in row.items() if key not in ("descriptions", "usage", "claims", "warnings")}
    best = dict(row["descriptions"][0])
    gap = best.pop("gap", None)
    flat.update(best)
    if gap:
        flat["gap"] = gap["centered"]["gap"]
        flat["gap_calibrated"] = gap["centered"]["calibrated"]
    flat["descriptions"] = row["descriptions"]
    flat["claims"] = row.get("claims", [])
    flat["warnings"] = row.get("warnings", [])
    return flat
