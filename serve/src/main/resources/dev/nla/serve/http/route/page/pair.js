// Two lists side by side, in each of which one of the same entries is chosen.

import { $ } from "./dom.js";

/** The lists with these ids; `show` is told when somebody chooses. The answer fills them: with the newest two, until somebody chooses. */
export function pairOf(ids, show) {
  for (const id of ids) {
    $(id).addEventListener("change", () => {
      $(id).dataset.chosen = "yes";
      show();
    });
  }
  return (entries, title) => ids.forEach((id, at) => {
    const before = $(id).dataset.chosen ? $(id).value : undefined;
    $(id).replaceChildren(...entries.map((entry) => new Option(title(entry), entry.id)));
    $(id).value = entries.some((entry) => entry.id === before) ? before : entries[ids.length - 1 - at]?.id;
  });
}
