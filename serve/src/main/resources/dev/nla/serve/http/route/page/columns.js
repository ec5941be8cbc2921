// The columns of the table of readings: what each sorts by, and what it shows.

import { choose, textAt } from "./choice.js";
import { marked, statements } from "./claims.js";
import { describe } from "./describe.js";
import { make } from "./dom.js";
import { figureCalled } from "./figures.js";
import { readingsAt } from "./readings.js";
import { threshold } from "./settings.js";

const words = (row) => row.descriptions[0].text;

export const COLUMNS = [
  { key: "token", name: "Token", by: (row) => row.position, cell: token },
  { key: "adapter", name: "Adapter", by: (row) => row.adapter, cell: (row) => [row.adapter], given: (rows) => new Set(rows.map((row) => row.adapter)).size > 1 },
  { key: "words", name: "Words", by: words, cell: said },
  numbers("cosine", "Centred cosine", "cosine"),
  numbers("gap", "Calibrated gap", "gap"),
  { key: "claims", name: "Claims", by: (row) => figureCalled("least").of(row), cell: claims, given: (rows) => rows.some((row) => row.claims) },
];

function numbers(key, name, figure) {
  const { of, shown } = figureCalled(figure);
  const cell = (row) => (of(row) === undefined ? [] : [shown(of(row))]);
  return { key, name, by: of, cell, given: (rows) => rows.some((row) => of(row) !== undefined) };
}

function token(row) {
  const button = make("button", { type: "button", className: "plain", textContent: `${row.position} “${textAt(row.position)}”`, title: "Show this token's descriptions" });
  button.addEventListener("click", () => {
    choose(row.position, row.position);
    describe();
  });
  return [button];
}

// What an adapter states; marked is what none of the others states of the same token.
function said(row) {
  const others = readingsAt(row.position).filter((other) => other.adapter !== row.adapter);
  return listed(marked(words(row), others.length ? others.flatMap((other) => statements(words(other))) : undefined));
}

function claims(row) {
  return listed((row.claims ?? []).map(({ slot, value, p }) =>
    make("span", { className: p < threshold() ? "withheld" : "", textContent: `${p.toFixed(2)} ${slot}: ${value}` })));
}

function listed(elements) {
  return elements.flatMap((element, at) => (at ? [" · ", element] : [element]));
}
