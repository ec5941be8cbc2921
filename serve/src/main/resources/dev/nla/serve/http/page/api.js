// Requests to the server this page came from.

let token = sessionStorage.getItem("token") ?? "";

export function setToken(value) {
  token = value.trim();
  sessionStorage.setItem("token", token);
}

async function ask(path, body, signal) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const options = { headers, signal };
  if (body) {
    headers["Content-Type"] = "application/json";
    options.method = "POST";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    const error = new Error(answer.error?.message ?? `the server answered ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return response;
}

export async function get(path) {
  return (await ask(path)).json();
}

export async function post(path, body, signal) {
  return (await ask(path, body, signal)).json();
}

// Reads a stream of events; onText hears (sample, text so far); the answer comes at the end.
export async function stream(path, body, signal, onText) {
  const response = await ask(path, { ...body, stream: true }, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      throw new Error("the server ended the stream too early");
    }
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const name = /^event: (.*)$/m.exec(event)?.[1];
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (name === "text") {
        const { sample, text } = JSON.parse(data);
        onText(sample, text);
      } else if (name === "done") {
        return JSON.parse(data);
      } else if (name === "error") {
        throw new Error(JSON.parse(data).error.message);
      }
    }
  }
}
