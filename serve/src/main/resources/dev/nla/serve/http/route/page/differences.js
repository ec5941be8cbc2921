// Says below each of several cards what its adapter alone states.

import { statedIn, statements } from "./claims.js";
import { make } from "./dom.js";

/** Of finished cards, `{element, words}` each. */
export function showDifferences(cards) {
  for (const { element, words } of cards) {
    const others = cards.filter((card) => card.element !== element).flatMap((card) => statements(card.words));
    const alone = statements(words).filter((statement) => !statedIn(statement, others));
    element.querySelector(".only").replaceChildren(
      ...(alone.length ? ["Only here: ", ...alone.flatMap((statement, at) => [at ? " · " : "", make("mark", { textContent: statement })])] : ["The same as beside."]));
    element.querySelector(".only").hidden = false;
  }
}
