// A reading as a program takes it: JSON, CSV, and Python that asks for it again.

const COLUMNS = {
  adapter: (reading) => reading.adapter,
  layer: (reading) => reading.layer,
  prompt: (reading) => reading.prompt,
  position: (reading) => [reading.position].flat().join("-"),
  token: (reading) => reading.token,
  sample: (reading, sample) => sample,
  description: (reading, sample) => reading.descriptions[sample].text,
  centered_cosine: (reading, sample) => reading.descriptions[sample].centered_cosine,
  gap: (reading, sample) => reading.descriptions[sample].gap?.centered.gap,
  calibrated_gap: (reading, sample) => reading.descriptions[sample].gap?.centered.calibrated,
  claims: (reading) => (reading.claims ?? []).map(({ slot, value, p }) => `${slot}: ${value} (${p.toFixed(2)})`).join("; "),
  text: (reading) => reading.text,
};

export function asJson(readings) {
  return `${JSON.stringify(readings.length === 1 ? readings[0] : readings, null, 2)}\n`;
}

/** A line for each description, under a head. */
export function asCsv(readings) {
  const lines = readings.flatMap((reading) =>
    reading.descriptions.map((_, sample) => Object.values(COLUMNS).map((of) => field(of(reading, sample)))));
  return [Object.keys(COLUMNS), ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function field(value) {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A program that asks the server for the same descriptions. */
export function asPython(address, asking, token) {
  return program(`${address}/v1/describe`, asking, token, ['for description in reply.json()["descriptions"]:', '    print(description["text"])']);
}

/** A program that asks the server for the same continuations. */
export function asSteeringPython(address, asking, token) {
  return program(`${address}/v1/steer`, asking, token, ['for side in ("before", "after"):', '    print(f"{side}: {reply.json()[side][\'text\']}")']);
}

// A token comes from the environment and is never written out.
function program(address, asking, token, use) {
  const lines = Object.entries(asking).map(([key, value]) => `        ${JSON.stringify(key)}: ${literal(value)},`);
  return [
    ...(token ? ["import os", ""] : []),
    "import httpx",
    "",
    "reply = httpx.post(",
    `    ${JSON.stringify(address)},`,
    "    json={",
    ...lines,
    "    },",
    ...(token ? ['    headers={"Authorization": f"Bearer {os.environ[\'NLA_TOKEN\']}"},'] : []),
    "    timeout=120,",
    ")",
    "reply.raise_for_status()",
    ...use,
    "",
  ].join("\n");
}

// What JSON and Python write alike is left as it is.
function literal(value) {
  return typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
}
