// What has been described of the text that is shown: answers of the server by adapter and token, with what was asked for them.

import { changed } from "./state.js";

const rows = new Map();

const key = (adapter, position) => `${adapter} ${position}`;

/** Keeps an answer of one token. */
export function putReading(answer, asked) {
  if (Number.isInteger(answer.position)) {
    rows.set(key(answer.adapter, answer.position), { ...answer, asked: JSON.stringify(asked) });
    changed("readings");
  }
}

export function readingAt(adapter, position) {
  return rows.get(key(adapter, position));
}

/** The answer of a token, where exactly this was asked for it. */
export function readingAsked(adapter, position, asked) {
  const found = readingAt(adapter, position);
  return found?.asked === JSON.stringify(asked) ? found : undefined;
}

export function allReadings() {
  return [...rows.values()];
}

/** Of a text that has changed, what was read of its first tokens still holds. */
export function keepReadings(same) {
  for (const [name, row] of rows) {
    if (row.position >= same) {
      rows.delete(name);
    }
  }
  changed("readings");
}

export function dropReadings() {
  keepReadings(0);
}

/** What all adapters said of a token. */
export function readingsAt(position) {
  return allReadings().filter((row) => row.position === position);
}
