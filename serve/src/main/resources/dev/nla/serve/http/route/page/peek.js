// Shows the words of the token under the pointer, else of the one that the keys are at.

import { textAt } from "./choice.js";
import { figureAt, shownAdapter } from "./colours.js";
import { $, make } from "./dom.js";
import { readingAt } from "./readings.js";
import { on, state } from "./state.js";
import { oncePerFrame } from "./timing.js";

let under = -1;

function show() {
  const at = under >= 0 && under < state.tokens.length ? under : state.head;
  const row = at < 0 ? undefined : readingAt(shownAdapter(), at);
  const peek = $("peek");
  if (at < 0) {
    peek.replaceChildren();
    return;
  }
  const name = make("b", { textContent: `“${textAt(at)}” ` });
  if (!row) {
    peek.replaceChildren(name, make("span", { className: "soft", textContent: "is not described yet" }));
    return;
  }
  const words = row.descriptions[0].text.replaceAll("\n", " ");
  peek.replaceChildren(name, words, " ", make("span", { className: "soft", textContent: figureAt(at) }));
}

const soon = oncePerFrame(show);

$("tokens").addEventListener("pointerover", (event) => {
  under = +(event.target.dataset.index ?? -1);
  soon();
});
$("tokens").addEventListener("pointerleave", () => {
  under = -1;
  soon();
});
for (const part of ["choice", "readings", "figure"]) {
  on(part, soon);
}
