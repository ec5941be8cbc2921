"""OpenAI's own client asks nla serve: openai_client.py OPEN GUARDED TOKEN, two addresses and the token of the second.

Prints one JSON object a line, with what the client made of each answer.
"""
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import openai

served, guarded, token = sys.argv[1:]
client = openai.OpenAI(base_url=served + "/v1", api_key="unused", max_retries=0)
asked = {"messages": [{"role": "user", "content": "one river"}], "temperature": 8, "seed": 3, "max_tokens": 12}


def tell(what, **found):
    print(json.dumps({"what": what, **found}))


def failure(ask):
    try:
        ask()
    except openai.APIStatusError as error:
        return {"error": type(error).__name__, "message": error.message, "type": error.type, "param": error.param}
    raise AssertionError("nothing was refused")


def ask(model="base", **more):
    return client.chat.completions.create(model=model, **{**asked, **more})


tell("models", ids=[model.id for model in client.models.list()])

for name in ("base", "av"):
    answer = ask(name)
    choice = answer.choices[0]
    assert answer.object == "chat.completion" and answer.model == name and choice.message.role == "assistant", answer
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens, answer
    tell("plain", model=name, text=choice.message.content, finish=choice.finish_reason, written=answer.usage.completion_tokens)

    text, finish, usage = "", None, None
    for chunk in ask(name, stream=True, stream_options={"include_usage": True}):
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    tell("stream", model=name, text=text, finish=finish, written=usage.completion_tokens)

several = ask(n=3, max_completion_tokens=6)
assert [choice.index for choice in several.choices] == [0, 1, 2], several
tell("choices", texts=[choice.message.content for choice in several.choices])

tell("unknown model", **failure(lambda: ask("nine")))
tell("wrong role", **failure(lambda: ask(messages=[{"role": "king", "content": "a"}])))

known = openai.OpenAI(base_url=guarded + "/v1", api_key=token, max_retries=0)
stranger = openai.OpenAI(base_url=guarded + "/v1", api_key="wrong", max_retries=0)
tell("token", ids=[model.id for model in known.models.list()])
tell("wrong token", **failure(lambda: stranger.models.list()))


def crowd(_):
    try:
        return known.chat.completions.create(model="base", **{**asked, "max_tokens": 200}).object
    except openai.RateLimitError as error:
        return "RateLimitError " + error.response.headers["retry-after"]


# At most one of them waits at a time: the others are told to come again.
with ThreadPoolExecutor(32) as threads:
    tell("crowd", kinds=sorted(set(threads.map(crowd, range(32)))))
