// Requests to the server this page came from.

let token = sessionStorage.getItem("token") ?? "";

export function setToken(value) {
  token = value.trim();
  sessionStorage.setItem("token", token);
}

export function hasToken() {
  return token !== "";
}

/** Nobody answered. */
export class Gone extends Error {
  constructor() {
    super("The server does not answer: it was stopped, or the way to it is broken.");
  }
}

async function reached(promise) {
  try {
    return await promise;
  } catch (error) {
    throw error instanceof TypeError ? new Gone() : error;
  }
}

async function ask(path, body, signal) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const options = { headers, signal };
  if (body) {
    headers["Content-Type"] = "application/json";
    options.method = "POST";
    options.body = JSON.stringify(body);
  }
  const response = await reached(fetch(path, options));
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw Object.assign(refusal(answer.error ?? { message: `the server answered ${response.status}` }), { status: response.status });
  }
  return response;
}

// A parameter's name stands before what is said of it.
function refusal({ type, message, param }) {
  return Object.assign(new Error(param ? `${param} ${message}` : message), { type });
}

export async function get(path) {
  return (await ask(path)).json();
}

export async function post(path, body, signal) {
  return (await ask(path, body, signal)).json();
}

/** The events of a streamed answer, `{name, data}` each, up to `done`; an event `error` is thrown. */
export async function* events(path, body, signal) {
  const response = await ask(path, { ...body, stream: true }, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reached(reader.read());
      if (done) {
        throw new Gone();
      }
      const whole = (rest + value).split("\n\n");
      rest = whole.pop();
      for (const event of whole) {
        const name = /^event: (.*)$/m.exec(event)?.[1];
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (name === "error") {
          throw refusal(JSON.parse(data).error);
        }
        if (name) {
          yield { name, data: JSON.parse(data) };
        }
        if (name === "done") {
          return;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
