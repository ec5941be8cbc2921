// Which tokens of the text are yet to be described.

import { readingAsked } from "./readings.js";
import { state } from "./state.js";

/** The tokens that an adapter describes of the whole text: the text's and those behind it, without the first that it skipped in training. */
export function wanted(name) {
  const skipped = state.adapters.find((adapter) => adapter.name === name)?.skip_first ?? 0;
  const last = state.tokens.length - 1;
  const first = Math.min(state.start + skipped, last);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Those of them that have no reading that was asked for in this way. */
export function missing(name, settings) {
  return wanted(name).filter((position) => !readingAsked(name, position, settings));
}
