// What the fields say, within what the server allows.

import { $, make, note } from "./dom.js";
import { say } from "./message.js";
import { state } from "./state.js";

/** Shows the adapters in the order in which the server has them; all are chosen. */
export function showAdapters() {
  $("adapters").replaceChildren(...state.adapters.map((adapter) => {
    const box = make("input", { type: "checkbox", value: adapter.name, checked: true });
    const about = [adapter.stage === adapter.name ? "" : adapter.stage, adapter.layer === undefined ? "" : `layer ${adapter.layer}`, taught(adapter)];
    return make("label", {}, box, ` ${adapter.name} `, note(about.filter(Boolean).join(", ")));
  }));
  if (!state.adapters.length) {
    $("adapters").append(note("none is loaded"));
  }
}

// Which activations the adapter was trained on, as far as it says.
function taught({ prompt, position }) {
  const where = { last: "last token", all: "all tokens" }[position] ?? (position && "drawn tokens");
  return [where, prompt && `${prompt} prompts`].filter(Boolean).join(" of ");
}

export function showLayers(chosen) {
  $("layer").replaceChildren(...Array.from({ length: state.model.layers }, (_, layer) => new Option(layer, layer)));
  $("layer").value = chosen;
}

/** Why nothing can be described; empty where something can. */
export function lacking() {
  if (!state.tokens.length) {
    return "Write a text first.";
  }
  if (!state.adapters.length) {
    return "The server has no adapter: start it with --adapter.";
  }
  return chosenAdapters().length ? "" : "Choose an adapter.";
}

export function chosenAdapters() {
  return [...$("adapters").querySelectorAll("input:checked")].map((box) => box.value);
}

export function chooseAdapters(names) {
  for (const box of $("adapters").querySelectorAll("input")) {
    box.checked = names.includes(box.value);
  }
}

/** What each request asks for beside its activation. */
export function asked() {
  return {
    layer: +$("layer").value,
    samples: samples(),
    temperature: Math.max(0, +$("temperature").value || 0),
    seed: Math.trunc(+$("seed").value) || 0,
  };
}

/** Puts what was asked before back into the fields. */
export function putSettings(settings) {
  for (const [name, value] of Object.entries(settings)) {
    $(name).value = value;
  }
}

function samples() {
  const most = state.limits.samples;
  const wanted = Math.max(1, Math.trunc(+$("samples").value) || 1);
  if (wanted > most) {
    $("samples").value = most;
    say(`This server writes at most ${most} samples at a time: ${most} are asked for.`);
  }
  return Math.min(wanted, most);
}

/** A request's own keys: with probabilities of claims where the adapter has them. */
export function request(name, settings) {
  const judged = state.adapters.some((adapter) => adapter.name === name && adapter.confidence);
  const confidence = judged && settings.samples === 1 && settings.temperature === 0;
  return { adapter: name, ...settings, ...(confidence ? { confidence } : {}) };
}

/** Claims that are less likely are withheld. */
export function threshold() {
  return +$("withhold").value || 0;
}
