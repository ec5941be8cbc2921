// From what is written to tokens.

import { post } from "./api.js";
import { keepChoice } from "./choice.js";
import { $ } from "./dom.js";
import { complain, say } from "./message.js";
import { keepReadings } from "./readings.js";
import { changed, state } from "./state.js";
import { debounced } from "./timing.js";
import { unchanged, units } from "./units.js";

let turn = 0;
let reading = Promise.resolve();
const later = debounced(() => read(), 250);

/** Reads the text as it is now. */
export function read() {
  reading = load();
  return reading;
}

/** Reads what is yet to be read, so that tokens and text belong together. */
export function settled() {
  later.now();
  return reading;
}

async function load() {
  const mine = ++turn;
  const [text, prompt] = [$("text").value, $("prompt").value];
  if (!text.trim()) {
    take(text, prompt, { tokens: [], text_start: 0, text_end: 0 });
    return;
  }
  try {
    const answer = await post("v1/extract", { text, prompt });
    if (mine === turn) {
      say("");
      take(text, prompt, answer);
    }
  } catch (error) {
    if (mine === turn) {
      take("", prompt, { tokens: [], text_start: 0, text_end: 0 });
      complain(error, read);
    }
  }
}

function take(text, prompt, { tokens, text_start: start, text_end: end }) {
  const same = prompt === state.prompt ? unchanged(state.tokens, tokens) : 0;
  Object.assign(state, { text, prompt, tokens, start, end, same, units: units(tokens, start, end) });
  keepReadings(same);
  keepChoice(same);
  changed("tokens");
  changed("choice");
}

/** Puts a text in place of what is written. */
export function replaceText(text) {
  $("text").value = text;
  return read();
}

$("text").addEventListener("input", later);
$("prompt").addEventListener("change", read);
