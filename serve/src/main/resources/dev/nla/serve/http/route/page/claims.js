// Claims with their probabilities, and which of two descriptions' claims differ.

import { $, make, note } from "./dom.js";
import { threshold } from "./settings.js";

/** Every claim with its probability, the likeliest first; those below the threshold are grey and stay. */
export function showClaims(box, { claims, p_means: meaning }) {
  box.hidden = !claims;
  if (box.hidden) {
    return;
  }
  const likeliest = [...claims].sort((one, other) => other.p - one.p);
  box.querySelector("ul").replaceChildren(...likeliest.map(({ slot, value, p }) =>
    make("li", { data: { p } }, make("b", { textContent: p.toFixed(2) }), `${slot}: ${value}`, note(""))));
  box.querySelector(".hint").textContent = meaning;
  withhold();
}

function withhold() {
  for (const item of document.querySelectorAll(".claims li")) {
    const withheld = +item.dataset.p < threshold();
    item.classList.toggle("withheld", withheld);
    item.querySelector("small").textContent = withheld ? "withheld" : "";
  }
}

/** What a description states, one by one: its lines, or where it is one line, its sentences. */
export function statements(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  const parts = lines.length > 1 ? lines : text.split(/(?<=[.!?;])\s+/);
  return parts.map((part) => part.replace(/^[\s•*-]+/, "").trim()).filter(Boolean);
}

/** Whether the same is stated among others, whatever the case and the last stop. */
export function statedIn(statement, others) {
  const plain = (text) => text.toLowerCase().replace(/[\s.;]+$/, "");
  return others.some((other) => plain(other) === plain(statement));
}

/** The statements of a description as elements, those marked that others do not make. */
export function marked(text, others) {
  return statements(text).map((statement) =>
    others && !statedIn(statement, others) ? make("mark", { textContent: statement }) : make("span", { textContent: statement }));
}

$("withhold").addEventListener("input", withhold);
