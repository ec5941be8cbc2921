// The page: connects to the server, then lets the modules do their work.

import { get, setToken } from "./api.js";
import { chooseFigure, offerAdapters } from "./colours.js";
import { describe } from "./describe.js";
import { $ } from "./dom.js";
import { exampleFor } from "./example.js";
import { follow, linked } from "./link.js";
import { complain, say } from "./message.js";
import { showAdapters, showLayers } from "./settings.js";
import { state } from "./state.js";
import { steer } from "./steer.js";
import { read } from "./text.js";
import "./all.js";
import "./beside.js";
import "./compare.js";
import "./past.js";
import "./peek.js";
import "./strip.js";
import "./table.js";

async function connect() {
  try {
    const { model, adapters, limits } = await get("v1/adapters");
    Object.assign(state, { model, adapters, limits });
    const loaded = model.loaded ? `, ${model.loaded.rows.toLocaleString()} activations of layer ${model.loaded.layer}` : "";
    $("model").textContent = `${model.name}: ${model.layers} layers of ${model.width}, ${model.compute_dtype}${loaded}`;
    $("access").open = false;
    say("");
    await begin();
  } catch (error) {
    $("model").textContent = error.message;
    $("access").open = error.status === 401;
    complain(error, connect);
  }
}

async function begin() {
  const first = state.adapters[0];
  $("samples").max = state.limits.samples;
  $("steer-tokens").max = state.limits.max_new_tokens;
  showAdapters();
  offerAdapters();
  // Without activations there are no cosines to colour by.
  if (!state.model.loaded && state.adapters.some(({ confidence }) => confidence)) {
    chooseFigure("least");
  }
  showLayers(first?.layer ?? state.model.layers - 1);
  $("prompt").value = first?.prompt ?? $("prompt").value;
  if (linked()) {
    await follow();
  } else {
    $("text").value ||= exampleFor(state.model);
    await read();
  }
  await readAndSteer();
}

async function readAndSteer() {
  await describe({ quiet: true });
  await steer();
}

$("describe").addEventListener("click", () => describe({ anew: true }));
$("token").addEventListener("change", () => {
  setToken($("token").value);
  connect();
});
addEventListener("hashchange", async () => {
  await follow();
  await readAndSteer();
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    describe({ anew: true });
  }
});

connect();
