// The tokens of the text in one strip, and choosing among them by mouse, finger and keys.

import { choose, chosen } from "./choice.js";
import { describe } from "./describe.js";
import { $, keepInView, make } from "./dom.js";
import { counted } from "./numbers.js";
import { changed, on, state } from "./state.js";
import { inLine, placed } from "./units.js";

let unfolded = false;

function shown() {
  return state.units.filter((unit) => unfolded || unit.frame !== "head");
}

function showTokens() {
  $("tokens").replaceChildren(...shown().map((unit) => make("span", {
    id: `token-${unit.at}`,
    className: unit.frame ? `token frame ${unit.frame}` : "token",
    role: "option",
    title: `${placed(unit)}, id ${state.tokens[unit.at].id}`,
    textContent: inLine(unit.text) || "·",
    data: { from: unit.from, index: unit.at, place: placed(unit) },
  })));
  changed("strip");
  const fold = $("fold");
  fold.hidden = state.start === 0;
  fold.setAttribute("aria-expanded", unfolded);
  fold.textContent = unfolded ? "Hide what stands before the text" : `Show what stands before the text (${counted(state.start, "token")})`;
}

function showChoice() {
  const { begin, end } = chosen();
  for (const span of $("tokens").children) {
    span.setAttribute("aria-selected", state.head >= 0 && +span.dataset.index >= begin && +span.dataset.from < end);
  }
  const head = document.getElementById(`token-${state.head}`);
  if (!head) {
    $("tokens").removeAttribute("aria-activedescendant");
    return;
  }
  $("tokens").setAttribute("aria-activedescendant", head.id);
  keepInView($("tokens"), head);
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
  const all = shown();
  const at = all.findIndex((unit) => unit.at === state.head);
  const moves = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 };
  if (event.key in moves && all.length) {
    event.preventDefault();
    const to = all[Math.max(0, Math.min(all.length - 1, moves[event.key]))].at;
    choose(event.shiftKey && state.anchor >= 0 ? state.anchor : to, to);
  } else if ((event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    describe();
  }
});

$("fold").addEventListener("click", () => {
  unfolded = !unfolded;
  showTokens();
  showChoice();
});

on("tokens", showTokens);
on("choice", showChoice);
