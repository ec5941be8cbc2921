// Marks descriptions that are of another text than the one that is written now.

import { $ } from "./dom.js";
import { on, state } from "./state.js";
import { inLine, shortened } from "./units.js";

let of = null;

/** The descriptions that are shown are of this activation of the text as it is. */
export function markFresh(what) {
  of = what;
  mark(false);
}

// What the model computed at a token depends on what stands up to it alone: if that is as before, so are the descriptions.
on("tokens", () => {
  if (of) {
    const end = Array.isArray(of.position) ? of.position[1] : of.position + 1;
    const here = of.text === state.text && of.prompt === state.prompt;
    mark(!here && (end > state.same || $("answered").classList.contains("stale")));
  }
});

function mark(stale) {
  $("answered").classList.toggle("stale", stale);
  $("stale").textContent = stale ? `These descriptions are of an earlier text: “${shortened(inLine(of.text), 80)}”` : "";
}
