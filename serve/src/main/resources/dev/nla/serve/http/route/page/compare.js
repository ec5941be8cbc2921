// Two readings of the session side by side, of two texts, two tokens or two adapters, with the statements marked that differ.

import { placeName } from "./choice.js";
import { marked, statements } from "./claims.js";
import { $, make } from "./dom.js";
import { FIGURES } from "./figures.js";
import { remembered, titleOf } from "./history.js";
import { on } from "./state.js";

const SIDES = ["one", "other"];

// The newest two, until somebody chooses.
function offer() {
  const all = remembered();
  $("compare").hidden = all.length < 2;
  SIDES.forEach((side, at) => {
    const select = $(side);
    const before = select.dataset.chosen ? select.value : undefined;
    const newest = all[SIDES.length - 1 - at]?.id;
    select.replaceChildren(...all.map((entry) => new Option(titleOf(entry), entry.id)));
    select.value = all.some(({ id }) => id === before) ? before : newest;
  });
  show();
}

function show() {
  const [one, other] = SIDES.map((side) => remembered().find(({ id }) => id === $(side).value)?.reading);
  if (one && other) {
    fill($("one-words"), one, other);
    fill($("other-words"), other, one);
  }
}

function fill(box, reading, beside) {
  const figures = FIGURES.map(({ name, of, shown }) => [name, of(reading), shown]).filter(([, value]) => value !== undefined);
  box.replaceChildren(
    make("p", { className: "read-text" }, ...withToken(reading)),
    make("p", { className: "hint", textContent: `${reading.adapter}, layer ${reading.layer}, ${reading.prompt} prompt, ${placeName(reading.position)}` }),
    make("ul", {}, ...marked(words(reading), statements(words(beside))).map((said) => make("li", {}, said))),
    make("dl", {}, ...figures.map(([name, value, shown]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: shown(value) })))),
  );
}

function words(reading) {
  return reading.descriptions[0].text;
}

function withToken({ text, token }) {
  return [text, " ", make("b", { textContent: `at “${(token ?? "").replaceAll("\n", "⏎")}”` })];
}

for (const side of SIDES) {
  $(side).addEventListener("change", () => {
    $(side).dataset.chosen = "yes";
    show();
  });
}
on("history", offer);
offer();
