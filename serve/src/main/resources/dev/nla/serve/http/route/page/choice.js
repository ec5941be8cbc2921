// Which tokens are chosen.

import { state, changed } from "./state.js";
import { inLine } from "./units.js";

/** Chooses the tokens between two. */
export function choose(anchor, head) {
  const last = state.tokens.length - 1;
  state.anchor = Math.max(0, Math.min(last, anchor));
  state.head = Math.max(0, Math.min(last, head));
  changed("choice");
}

/** After the text has changed: what is chosen stays where all up to it is as before, else the last token is. */
export function keepChoice(same) {
  const { end } = chosen();
  if (!state.tokens.length) {
    state.anchor = state.head = -1;
  } else if (state.head < 0 || end > same) {
    state.anchor = state.head = state.tokens.length - 1;
  }
}

/** The chosen tokens, `end` behind the last. The parts of a unit are chosen together only in a span. */
export function chosen() {
  const [low, high] = [Math.min(state.anchor, state.head), Math.max(state.anchor, state.head)];
  const begin = low === high ? low : (unitAt(low)?.from ?? low);
  return { begin, end: high + 1 };
}

/** The unit that a token belongs to. */
export function unitAt(index) {
  return state.units.find((unit) => unit.from <= index && index <= unit.at);
}

/** The chosen activation as requests name it. */
export function target() {
  const { begin, end } = chosen();
  return { text: state.text, prompt: state.prompt, position: end - begin === 1 ? begin : [begin, end] };
}

/** A position in words: “token 5” or “mean of tokens 5 to 7”. */
export function placeName(position) {
  return Array.isArray(position) ? `mean of tokens ${position[0]} to ${position[1] - 1}` : `token ${position}`;
}

/** The text of the tokens at a position; of a token that is a part of an emoji or the like, which. */
export function textAt(position) {
  const unit = unitAt(position);
  if (unit && unit.at !== position) {
    return `part of ${inLine(unit.text)}`;
  }
  const [begin, end] = Array.isArray(position) ? position : [unit?.from ?? position, position + 1];
  return inLine(state.tokens.slice(begin, end).map((token) => token.text).join(""));
}
