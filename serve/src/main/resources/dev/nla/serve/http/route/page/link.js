// The page's address says what is read: text, prompt, layer, adapters, tokens, figure and what is steered with. Who opens it reads the same.

import { choose, chosen, target } from "./choice.js";
import { chooseFigure, figure, offerAdapters } from "./colours.js";
import { $ } from "./dom.js";
import { say } from "./message.js";
import { chooseAdapters, chosenAdapters } from "./settings.js";
import { on, state } from "./state.js";
import { readSteering, steered, writeSteering } from "./steering.js";
import { read } from "./text.js";
import { debounced } from "./timing.js";

/** Longer texts are kept in the browser, and their address holds their id. */
const LONGEST = 2000;

/** Whether the address says what to read. */
export function linked() {
  return fragment().has("text") || fragment().has("kept");
}

function fragment() {
  return new URLSearchParams(location.hash.slice(1));
}

/** Puts into the fields what the address says, and reads the text. */
export async function follow() {
  const says = fragment();
  const text = says.get("text") ?? sessionStorage.getItem(`text ${says.get("kept")}`);
  const adapters = says.get("adapters")?.split(",");
  if (adapters) {
    chooseAdapters(adapters);
    offerAdapters();
  }
  if (says.has("figure")) {
    chooseFigure(says.get("figure"));
  }
  if (["chat", "raw"].includes(says.get("prompt"))) {
    $("prompt").value = says.get("prompt");
  }
  if (/^\d+$/.test(says.get("layer")) && says.get("layer") < state.model.layers) {
    $("layer").value = says.get("layer");
  }
  $("text").value = text ?? "";
  await read();
  if (text === null) {
    say("This address is of a text that was too long for it and is no longer kept in this browser: paste it again.");
  }
  const place = /^(\d+)(?:-(\d+))?$/.exec(says.get("position") ?? "");
  if (place && state.tokens.length) {
    choose(+place[1], +(place[2] ?? place[1]));
  }
  readSteering(says, target());
}

const write = debounced(() => {
  if (!state.tokens.length) {
    return;
  }
  const { begin, end } = chosen();
  const says = new URLSearchParams();
  if (state.text.length <= LONGEST) {
    says.set("text", state.text);
  } else {
    says.set("kept", keep(state.text));
  }
  says.set("prompt", state.prompt);
  says.set("layer", $("layer").value);
  says.set("adapters", chosenAdapters().join());
  says.set("position", end - begin === 1 ? begin : `${begin}-${end - 1}`);
  says.set("figure", figure().key);
  if (JSON.stringify(steered()) === JSON.stringify(target())) {
    writeSteering(says);
  }
  history.replaceState(null, "", `#${says}`);
}, 200);

function keep(text) {
  let id = 0;
  for (const letter of text) {
    id = (Math.imul(id, 31) + letter.codePointAt(0)) >>> 0;
  }
  try {
    sessionStorage.setItem(`text ${id.toString(36)}`, text);
  } catch {
    // The browser's room is used up: the address then leads here in this tab alone, and says so.
  }
  return id.toString(36);
}

for (const part of ["choice", "figure", "steering"]) {
  on(part, write);
}
$("layer").addEventListener("change", write);
