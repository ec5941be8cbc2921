"""What the client asks and what it makes of answers, against a server that is made up."""

import json

import httpx
import numpy as np
import pytest

from nla_client import NLA, NLAError

DESCRIBED = {
    "adapter": "sft",
    "layer": 4,
    "prompt": "chat",
    "position": 7,
    "token": " goat",
    "descriptions": [
        {
            "text": "• companion: goat",
            "finish_reason": "stop",
            "centered_cosine": 0.9,
            "gap": {"centered": {"gap": 0.1, "calibrated": 0.5}, "legacy": {"gap": 0.0, "calibrated": None}},
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
}


def client(answer, **options):
    http = httpx.Client(base_url="http://nla", transport=httpx.MockTransport(answer))
    return NLA("http://nla", http=http, **options)


def lines(*rows):
    return httpx.Response(200, text="".join(json.dumps(row) + "\n" for row in rows))


def test_rows_become_a_frame_with_the_best_description_beside_each():
    asked = []

    def answer(request):
        asked.append((request.headers["Accept"], json.loads(request.content)))
        return lines({"index": 0, **DESCRIBED}, {"index": 1, **DESCRIBED, "warnings": ["another kind"]})

    counts = []
    frame = client(answer, adapter="sft").describe(
        ["one", "two"], positions="all", samples=2, progress=counts.append
    )
    assert asked == [
        (
            "application/x-ndjson",
            {"adapter": "sft", "samples": 2, "texts": ["one", "two"], "positions": "all"},
        )
    ]
    assert list(frame["index"]) == [0, 1]
    assert frame.loc[0, "text"] == "• companion: goat"
    assert frame.loc[0, "gap"] == 0.1 and frame.loc[0, "gap_calibrated"] == 0.5
    assert list(frame["warnings"]) == [[], ["another kind"]]
    assert counts == [1, 2]


def test_the_first_loaded_adapter_is_asked_where_none_is_named():
    def answer(request):
        if request.url.path == "/v1/adapters":
            return httpx.Response(200, json={"adapters": [{"name": "first"}, {"name": "second"}]})
        assert json.loads(request.content)["adapter"] == "first"
        return lines(DESCRIBED)

    assert len(client(answer).describe("a text")) == 1


def test_vectors_and_ids_are_asked_one_by_one():
    bodies = []

    def answer(request):
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json=DESCRIBED)

    nla = client(answer, adapter="sft")
    frame = nla.describe(vectors=np.eye(2, dtype=np.float32))
    assert [body["vector"] for body in bodies] == [[1.0, 0.0], [0.0, 1.0]]
    assert list(frame["index"]) == [0, 1]
    nla.describe(ids=["x"])
    assert bodies[-1]["id"] == "x"
    with pytest.raises(ValueError, match="exactly one"):
        nla.describe("text", ids=["x"])


def test_a_busy_server_is_asked_again_and_refusals_say_what_is_wrong():
    answers = [
        httpx.Response(429, headers={"Retry-After": "0"}, json={"error": {"type": "queue_full", "message": "later"}}),
        lines(DESCRIBED),
    ]
    nla = client(lambda request: answers.pop(0), adapter="sft")
    assert len(nla.describe("a text")) == 1

    wrong = {"error": {"type": "invalid_request", "message": "is out of range", "param": "positions"}}
    with pytest.raises(NLAError, match="positions: is out of range") as refused:
        client(lambda request: httpx.Response(400, json=wrong), adapter="sft").describe("a", positions=[9])
    assert (refused.value.status, refused.value.type, refused.value.param) == (400, "invalid_request", "positions")


def test_a_stream_that_breaks_off_is_an_error_not_a_short_frame():
    broken = {"error": {"type": "stopping", "message": "the server stops"}}
    with pytest.raises(NLAError, match="the server stops"):
        client(lambda request: lines(DESCRIBED, broken), adapter="sft").describe("a", positions="all")


def test_a_server_that_is_gone_is_named():
    def gone(request):
        raise httpx.ConnectError("refused")

    with pytest.raises(NLAError, match="http://nla: no answer .*is nla serve running"):
        client(gone, adapter="sft").describe("a")


def test_activations_stand_by_layer_and_position():
    answer = {
        "tokens": [{"id": 1, "text": "<s>"}, {"id": 2, "text": "hi"}, {"id": 3, "text": "</s>"}],
        "text_start": 1,
        "text_end": 2,
        "activations": [
            {"layer": 1, "position": 0, "vector": [1, 2]},
            {"layer": 1, "position": 2, "vector": [3, 4]},
            {"layer": 0, "position": 0, "vector": [5, 6]},
            {"layer": 0, "position": 2, "vector": [7, 8]},
        ],
    }
    found = client(lambda request: httpx.Response(200, json=answer)).extract("hi", layers=[1, 0], positions=[0, 2])
    assert found.vectors.shape == (2, 2, 2) and found.vectors[1, 1].tolist() == [7, 8]
    assert found.positions == [0, 2]
    assert list(found.tokens["in_text"]) == [False, True, False]
