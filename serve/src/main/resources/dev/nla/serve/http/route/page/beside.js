// Two whole strips side by side, coloured by the chosen figure, with one cursor in both.

import { marked } from "./claims.js";
import { figureOf, paint } from "./colours.js";
import { $, keepInView, make } from "./dom.js";
import { counted } from "./numbers.js";
import { pairOf } from "./pair.js";
import { on } from "./state.js";
import { strips, titleOfStrip } from "./strips.js";
import { oncePerFrame } from "./timing.js";
import { across, stated, twins } from "./twins.js";
import { inLine, placed } from "./units.js";

const SIDES = ["left", "right"];
let sides = [];
let cursor = [0, 0];

const fill = pairOf(SIDES, show);

function offer() {
  $("beside").hidden = strips().length < 2;
  fill(strips(), titleOfStrip);
  show();
}

function show() {
  const [one, other] = SIDES.map((side) => strips().find(({ id }) => id === $(side).value));
  if (!one || !other) {
    return;
  }
  sides = twins(one, other);
  SIDES.forEach((side, at) => {
    $(`${side}-strip`).replaceChildren(...sides[at].map(({ unit }, index) => make("span", {
      id: `${side}-${index}`,
      className: unit.frame ? "twin frame" : "twin",
      role: "option",
      textContent: inLine(unit.text) || "·",
      data: { index, place: placed(unit) },
    })));
    $(`${side}-strip`).setAttribute("aria-label", `Tokens of ${titleOfStrip([one, other][at])}`);
  });
  summarize();
  colour();
  move(0, 0);
}

function summarize() {
  const both = sides[0].filter((twin) => twin.partner >= 0);
  const alone = sides.map((side) => side.filter((twin) => twin.partner < 0).length);
  $("beside-said").textContent = `${both.filter((twin) => twin.differs).length} of ${counted(both.length, "token")} that both have are described otherwise`
    + (alone[0] + alone[1] ? `; ${alone[0]} on the left and ${alone[1]} on the right stand in one text alone.` : ".");
}

function colour() {
  SIDES.forEach((side, at) => [...$(`${side}-strip`).children].forEach((span, index) => {
    const { row, partner, differs } = sides[at][index];
    paint(span, row, partner < 0 ? "not in the other text" : differs ? "described otherwise" : "");
    span.classList.toggle("alone", partner < 0);
    span.classList.toggle("differs", differs);
  }));
}

// Puts the cursor on a token, and in the other strip on the token that belongs to it.
function move(at, index) {
  cursor[at] = index;
  cursor[1 - at] = across(sides[at], index);
  SIDES.forEach((side, here) => {
    const strip = $(`${side}-strip`);
    strip.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    const span = strip.children[cursor[here]];
    if (span) {
      span.setAttribute("aria-selected", "true");
      strip.setAttribute("aria-activedescendant", span.id);
      keepInView(strip, span);
    }
  });
  tell();
}

function tell() {
  const rows = sides.map((side, at) => side[cursor[at]]);
  SIDES.forEach((side, at) => {
    const name = make("b", { textContent: `“${inLine(rows[at]?.unit.text ?? "")}”` });
    const row = rows[at]?.row;
    $(`${side}-words`).replaceChildren(
      make("p", {}, name, " ", make("span", { className: "soft", textContent: row ? figureOf(row) : "is not described" })),
      make("ul", {}, ...(row ? marked(row.descriptions[0].text, stated(rows[1 - at]?.row)) : []).map((said) => make("li", {}, said))),
    );
  });
}

SIDES.forEach((side, at) => {
  const strip = $(`${side}-strip`);
  for (const event of ["pointerover", "click"]) {
    strip.addEventListener(event, ({ target }) => {
      if (target.dataset.index !== undefined) {
        move(at, +target.dataset.index);
      }
    });
  }
  strip.addEventListener("keydown", (event) => {
    const [here, last] = [cursor[at], sides[at].length - 1];
    const moves = { ArrowLeft: here - 1, ArrowUp: here - 1, ArrowRight: here + 1, ArrowDown: here + 1, Home: 0, End: last };
    if (event.key in moves) {
      event.preventDefault();
      move(at, Math.max(0, Math.min(last, moves[event.key])));
    }
  });
});
on("strips", offer);
on("figure", oncePerFrame(() => {
  if (sides.length) {
    colour();
    tell();
  }
}));
offer();
