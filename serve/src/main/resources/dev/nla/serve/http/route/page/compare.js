// Two readings of the session side by side, of two texts, two tokens or two adapters, with the statements marked that differ.

import { placeName } from "./choice.js";
import { marked, statements } from "./claims.js";
import { $, make } from "./dom.js";
import { FIGURES } from "./figures.js";
import { remembered, titleOf } from "./history.js";
import { pairOf } from "./pair.js";
import { on } from "./state.js";

const SIDES = ["one", "other"];

const choices = pairOf(SIDES, show);

function offer() {
  $("compare").hidden = remembered().length < 2;
  choices(remembered(), titleOf);
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

on("history", offer);
offer();
