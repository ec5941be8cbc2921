import { get, post, setToken, stream } from "./api.js";

const $ = (id) => document.getElementById(id);
const EXAMPLE = "Nobody was haughty. A trunk came into it. It was made of clay.";

const state = { model: null, judged: new Set(), tokens: [], start: 0, anchor: -1, end: -1, running: null, reading: 0 };

// --- the model and its adapters

async function connect() {
  try {
    const { model, adapters } = await get("v1/adapters");
    state.model = model;
    state.judged = new Set(adapters.filter((adapter) => adapter.confidence).map((adapter) => adapter.name));
    const loaded = model.loaded ? `, ${model.loaded.rows.toLocaleString()} activations of layer ${model.loaded.layer}` : "";
    $("model").textContent = `${model.name}: ${model.layers} layers of ${model.width}, ${model.compute_dtype}${loaded}`;
    $("access").open = false;
    showAdapters(adapters);
    showLayers(adapters[0]?.layer ?? model.layers - 1);
    $("prompt").value = adapters[0]?.prompt ?? $("prompt").value;
    if (!$("text").value) {
      $("text").value = EXAMPLE;
    }
    await read();
  } catch (error) {
    $("model").textContent = error.message;
    $("access").open = error.status === 401;
  }
}

function showAdapters(adapters) {
  $("adapters").replaceChildren(...adapters.map((adapter) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = adapter.name;
    box.checked = true;
    const about = [adapter.stage === adapter.name ? "" : adapter.stage, adapter.layer === undefined ? "" : `layer ${adapter.layer}`, taught(adapter)];
    label.append(box, ` ${adapter.name} `, note(about.filter(Boolean).join(", ")));
    return label;
  }));
  if (!adapters.length) {
    $("adapters").append(note("none is loaded"));
  }
}

// Which activations the adapter was trained on, as far as it says.
function taught({ prompt, position }) {
  const where = { last: "last token", all: "all tokens" }[position] ?? (position && "drawn tokens");
  return [where, prompt && `${prompt} prompts`].filter(Boolean).join(" of ");
}

function showLayers(chosen) {
  $("layer").replaceChildren(...Array.from({ length: state.model.layers }, (_, layer) => new Option(layer, layer)));
  $("layer").value = chosen;
}

function note(text) {
  const small = document.createElement("small");
  small.textContent = text;
  return small;
}

// --- tokens

async function read() {
  const turn = ++state.reading;
  const text = $("text").value;
  if (!text.trim()) {
    showTokens([], 0);
    return;
  }
  try {
    const answer = await post("v1/extract", { text, prompt: $("prompt").value });
    if (turn === state.reading) {
      showTokens(answer.tokens, answer.text_start);
      say("");
    }
  } catch (error) {
    if (turn === state.reading) {
      showTokens([], 0);
      say(error.message);
    }
  }
}

function showTokens(tokens, start) {
  state.tokens = tokens;
  state.start = start;
  state.anchor = state.end = -1;
  $("tokens").replaceChildren(...tokens.map((token, index) => {
    const span = document.createElement("span");
    span.id = `token-${index}`;
    span.className = index < start ? "token frame" : "token";
    span.role = "option";
    span.dataset.index = index;
    span.title = `token ${index}, id ${token.id}`;
    span.textContent = token.text.replaceAll("\n", "⏎") || "·";
    return span;
  }));
  showChoice();
}

function choose(anchor, end) {
  const last = state.tokens.length - 1;
  state.anchor = Math.max(0, Math.min(last, anchor));
  state.end = Math.max(0, Math.min(last, end));
  showChoice();
}

function chosen() {
  const begin = Math.min(state.anchor, state.end);
  return { begin, end: Math.max(state.anchor, state.end) + 1 };
}

function showChoice() {
  const { begin, end } = chosen();
  for (const span of $("tokens").children) {
    const inside = begin >= 0 && span.dataset.index >= begin && span.dataset.index < end;
    span.setAttribute("aria-selected", inside);
  }
  if (begin < 0) {
    $("tokens").removeAttribute("aria-activedescendant");
    return;
  }
  $("tokens").setAttribute("aria-activedescendant", `token-${state.end}`);
  $(`token-${state.end}`).scrollIntoView({ block: "nearest" });
}

function target() {
  const { begin, end } = chosen();
  const position = end - begin === 1 ? begin : [begin, end];
  return { text: $("text").value, prompt: $("prompt").value, position };
}

let dragging = false;

$("tokens").addEventListener("pointerdown", (event) => {
  const index = event.target.dataset.index;
  if (index !== undefined) {
    dragging = true;
    choose(event.shiftKey && state.anchor >= 0 ? state.anchor : +index, +index);
  }
});
$("tokens").addEventListener("pointermove", (event) => {
  const index = dragging ? document.elementFromPoint(event.clientX, event.clientY)?.dataset?.index : undefined;
  if (index !== undefined) {
    choose(state.anchor, +index);
  }
});
addEventListener("pointerup", () => {
  if (dragging) {
    dragging = false;
    describe();
  }
});
addEventListener("pointercancel", () => (dragging = false));

$("tokens").addEventListener("keydown", (event) => {
  const at = state.end < 0 ? state.start - 1 : state.end;
  const moves = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: state.tokens.length - 1 };
  if (event.key in moves && state.tokens.length) {
    event.preventDefault();
    choose(event.shiftKey && state.anchor >= 0 ? state.anchor : moves[event.key], moves[event.key]);
  } else if ((event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    describe();
  }
});

// --- descriptions

async function describe() {
  if (!state.tokens.length) {
    say("Write a text first.");
    return;
  }
  if (state.anchor < 0) {
    choose(state.tokens.length - 1, state.tokens.length - 1);
  }
  const names = [...$("adapters").querySelectorAll("input:checked")].map((box) => box.value);
  if (!names.length) {
    say("Choose an adapter.");
    return;
  }
  say("");
  state.running?.abort();
  const running = (state.running = new AbortController());
  const what = target();
  const { begin, end } = chosen();
  const words = state.tokens.slice(begin, end).map((token) => token.text).join("").replaceAll("\n", "⏎");
  $("chosen").textContent = `Layer ${$("layer").value}, ${end - begin === 1 ? `token ${begin}` : `mean of tokens ${begin} to ${end - 1}`}: “${words}”`;
  const samples = Math.max(1, +$("samples").value || 1);
  const cards = names.map((name) => card(name, samples, what));
  $("cards").replaceChildren(...cards.map((each) => each.element));
  await Promise.all(cards.map((each, index) => fill(each, what, samples, index === 0, running.signal)));
}

async function fill(each, what, samples, first, signal) {
  const request = {
    ...what,
    adapter: each.name,
    layer: +$("layer").value,
    samples,
    temperature: +$("temperature").value || 0,
    seed: Math.trunc(+$("seed").value) || 0,
    nearest: first ? 8 : 0,
  };
  if (state.judged.has(each.name) && samples === 1 && request.temperature === 0) {
    request.confidence = true;
  }
  try {
    const answer = await stream("v1/describe", request, signal, (sample, text) => each.samples[sample].show(text));
    answer.descriptions.forEach((description, sample) => each.samples[sample].finish(description));
    each.samples[0].judge(answer);
    each.warn((answer.warnings ?? []).join("; "));
    if (first) {
      showNearest(answer.nearest ?? []);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      each.warn(error.message);
      each.samples.forEach((sample) => sample.fail());
    }
  }
}

function card(name, samples, what) {
  const element = $("card").content.firstElementChild.cloneNode(true);
  element.dataset.adapter = name;
  element.querySelector("h3").textContent = name;
  const made = Array.from({ length: samples }, (_, index) => sample(name, index, what));
  element.querySelector(".samples").append(...made.map((each) => each.element));
  const warn = (text) => {
    const warning = element.querySelector(".warning");
    warning.textContent = text;
    warning.hidden = !text;
  };
  return { name, element, samples: made, warn };
}

function sample(name, index, what) {
  const element = $("sample").content.firstElementChild.cloneNode(true);
  const words = element.querySelector(".words");
  const says = element.querySelector(".state");
  let written = "";
  let editing = null;
  words.setAttribute("aria-label", `${name}, description ${index + 1}; edit it to see the reconstruction move`);
  says.textContent = "writing…";
  const show = (text) => {
    words.value = text;
    words.rows = Math.max(2, Math.min(12, text.split("\n").length));
  };
  const finish = (description) => {
    written = description.text;
    show(written);
    words.readOnly = false;
    says.textContent = description.defect ? `not usable: ${description.defect.replaceAll("_", " ")}` : description.finish_reason === "length" ? "cut by the limit" : "";
    showTrip(element, description);
  };
  const edited = debounced(async () => {
    editing?.abort();
    editing = new AbortController();
    try {
      const trip = await post("v1/reconstruct", { text: words.value, against: what }, editing.signal);
      showTrip(element, trip);
      says.textContent = words.value === written ? "" : "edited";
    } catch (error) {
      if (error.name !== "AbortError") {
        says.textContent = error.message;
      }
    }
  }, 300);
  words.addEventListener("input", () => {
    if (words.value.trim()) {
      edited();
    }
  });
  const judge = (answer) => showClaims(element, answer);
  return { element, show, finish, judge, fail: () => (says.textContent = "") };
}

// Every claim with its probability, the likeliest first; those below the threshold are grey and stay.
function showClaims(element, { claims, p_means: meaning }) {
  const box = element.querySelector(".claims");
  box.hidden = !claims;
  if (box.hidden) {
    return;
  }
  const likeliest = [...claims].sort((one, other) => other.p - one.p);
  box.querySelector("ul").replaceChildren(...likeliest.map(({ slot, value, p }) => {
    const item = document.createElement("li");
    const number = document.createElement("b");
    item.dataset.p = p;
    number.textContent = p.toFixed(2);
    item.append(number, `${slot}: ${value}`, note(""));
    return item;
  }));
  box.querySelector(".hint").textContent = meaning;
  withhold();
}

function withhold() {
  const least = +$("withhold").value || 0;
  for (const item of document.querySelectorAll(".claims li")) {
    const withheld = +item.dataset.p < least;
    item.classList.toggle("withheld", withheld);
    item.querySelector("small").textContent = withheld ? "withheld" : "";
  }
}

function showTrip(element, trip) {
  const box = element.querySelector(".trip");
  box.hidden = trip.centered_cosine === undefined;
  if (box.hidden) {
    return;
  }
  const gap = trip.gap.centered;
  const at = gap.calibrated ?? 0;
  const share = Math.max(0, Math.min(1, at));
  box.querySelector(".fill").style.width = `${share * 100}%`;
  box.querySelector(".mark").style.left = `${share * 100}%`;
  const bar = box.querySelector(".bar");
  bar.setAttribute("aria-valuenow", share.toFixed(2));
  bar.setAttribute("aria-label", `gap ${signed(gap.gap)} between floor ${signed(gap.floor)} and ceiling ${signed(gap.ceiling)}`);
  box.querySelector(".floor").textContent = `floor ${signed(gap.floor)}`;
  box.querySelector(".ceiling").textContent = `ceiling ${signed(gap.ceiling)}`;
  facts(box.querySelector("dl"), [
    ["centred cosine", signed(trip.centered_cosine)],
    ["rank", `${trip.rank.toLocaleString()} of ${trip.candidates.toLocaleString()}`],
    ["gap", signed(gap.gap)],
    ["calibrated", signed(gap.calibrated)],
  ]);
}

function facts(list, entries) {
  list.replaceChildren(...entries.map(([name, value]) => {
    const pair = document.createElement("div");
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = name;
    said.textContent = value;
    pair.append(term, said);
    return pair;
  }));
}

function signed(number) {
  return number === null || number === undefined ? "n/a" : (number < 0 ? "−" : "+") + Math.abs(number).toFixed(3);
}

function showNearest(texts) {
  $("near").hidden = !texts.length;
  $("nearest").replaceChildren(...texts.map((near) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "near";
    button.title = "Take this text";
    button.textContent = near.text;
    button.addEventListener("click", () => {
      $("text").value = near.text;
      read();
      $("text").focus();
    });
    item.append(button, note(`cosine ${near.centered_cosine.toFixed(3)}${near.description ? `: ${near.description.replaceAll("\n", " ")}` : ""}`));
    return item;
  }));
}

// --- the rest

function say(text) {
  $("message").textContent = text;
}

function debounced(action, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

$("text").addEventListener("input", debounced(read, 250));
$("prompt").addEventListener("change", read);
$("describe").addEventListener("click", describe);
$("withhold").addEventListener("input", withhold);
$("token").addEventListener("change", () => {
  setToken($("token").value);
  connect();
});
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    describe();
  }
});

connect();
