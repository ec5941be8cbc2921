"""The client against a real server: set NLA_URL to the address of one that serves the scenes with data and reconstructor."""

import os

import numpy as np
import pytest

from nla_client import NLA, NLAError

URL = os.environ.get("NLA_URL")
TEXT = "The school was where it happened. A goat kept close."

pytestmark = pytest.mark.skipif(not URL, reason="NLA_URL names no server")


@pytest.fixture(scope="module")
def nla():
    with NLA(URL) as client:
        yield client


def test_all_tokens_of_texts(nla):
    frame = nla.describe([TEXT, "A goat kept close."], positions="all")
    assert set(frame["index"]) == {0, 1}
    assert frame["position"].is_monotonic_increasing is False
    whole = nla.extract(TEXT, layers=[4])
    first = frame[frame["index"] == 0]
    assert list(first["token"]) == list(whole.tokens["text"][first["position"].min() :])
    last = nla.describe(TEXT)
    assert last.loc[0, "text"] == first.iloc[-1]["text"]
    assert "goat" in last.loc[0, "text"]


def test_vectors_there_and_back(nla):
    vector = nla.extract(TEXT, layers=[4]).vectors[0]
    words = nla.describe(vectors=vector).loc[0, "text"]
    assert words == nla.describe(TEXT).loc[0, "text"]
    back = nla.reconstruct(words)
    assert back.shape == vector[0].shape
    assert np.isfinite(back).all()


def test_words_written_back_change_how_the_model_goes_on(nla):
    words = nla.describe(TEXT).loc[0, "text"]
    nothing = nla.steer(TEXT, words, strength=0, max_new_tokens=24)
    assert nothing["after"] == nothing["before"]
    much = nla.steer(TEXT, "• material: iron", strength=1, max_new_tokens=24)
    assert much["before"] == nothing["before"]
    assert much["after"]["text"] != much["before"]["text"]


def test_refusals_name_the_parameter(nla):
    with pytest.raises(NLAError) as refused:
        nla.describe(TEXT, positions=[9999])
    assert refused.value.param == "positions"
