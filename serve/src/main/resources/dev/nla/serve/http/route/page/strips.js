// Whole texts that have been described, each by one adapter: the newest few, as long as the page is open.

import { allReadings } from "./readings.js";
import { changed, state } from "./state.js";
import { inLine, shortened } from "./units.js";

const MOST = 12;
let all = [];

/** Keeps what an adapter says of the text as it is, in place of what was kept of the same; what is not of a whole text is not kept. */
export function keepStrip(adapter) {
  const rows = new Map(allReadings().filter((row) => row.adapter === adapter).map((row) => [row.position, row]));
  if (rows.size < 2) {
    return;
  }
  const { text, prompt, units } = state;
  const id = JSON.stringify([text, prompt, adapter]);
  const strip = { id, text, prompt, adapter, rows, units: units.filter((unit) => unit.frame !== "head") };
  all = [strip, ...all.filter((other) => other.id !== id)].slice(0, MOST);
  changed("strips");
}

export function strips() {
  return all;
}

/** A strip in a line. */
export function titleOfStrip({ adapter, text, prompt }) {
  return `${adapter}, ${prompt} prompt: “${shortened(inLine(text), 60)}”`;
}
