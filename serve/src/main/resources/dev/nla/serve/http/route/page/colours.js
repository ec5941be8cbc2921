// Colours the strip by a figure of one adapter's descriptions, with a legend.

import { $, make } from "./dom.js";
import { figureCalled, FIGURES, step, steps } from "./figures.js";
import { allReadings, readingAt } from "./readings.js";
import { chosenAdapters } from "./settings.js";
import { changed, on } from "./state.js";
import { oncePerFrame } from "./timing.js";

/** The figure that is shown. */
export function figure() {
  return figureCalled($("figure").value);
}

/** The adapter whose words and figures the strip shows. */
export function shownAdapter() {
  return $("shown").value;
}

export function chooseFigure(key) {
  $("figure").value = figureCalled(key).key;
  changed("figure");
}

/** What the figure is of a reading, in words; empty where it is not known. */
export function figureOf(row) {
  const value = figure().of(row);
  return value === undefined ? "" : `${figure().name} ${figure().shown(value)}`;
}

/** What the figure is at a token, in words. */
export function figureAt(position) {
  const row = readingAt(shownAdapter(), position);
  return row ? figureOf(row) : "";
}

/** Colours a token by its reading and names it; `more` is said of it, too. */
export function paint(span, row, more = "") {
  const value = row && figure().of(row);
  span.classList.toggle("read", Boolean(row));
  if (value === undefined) {
    delete span.dataset.step;
  } else {
    span.dataset.step = step(figure(), value);
  }
  const said = row ? figureOf(row) || "described" : "";
  span.setAttribute("aria-label", [span.textContent.trim() || "blank", span.dataset.place, said, more].filter(Boolean).join(", "));
}

function colour() {
  for (const span of $("tokens").children) {
    paint(span, readingAt(shownAdapter(), +span.dataset.index));
  }
}

function showLegend() {
  const read = allReadings().filter((row) => row.adapter === shownAdapter());
  const known = !read.length || read.some((row) => figure().of(row) !== undefined);
  $("legend").replaceChildren(
    make("span", { className: "hint", textContent: known ? figure().name : `${figure().name} is ${figure().needs}` }),
    ...steps(figure()).map((text, at) => make("span", { className: "step", data: { step: at }, textContent: text })),
    make("span", { className: "step", textContent: "not known" }),
  );
}

/** The adapters among which the strip's can be chosen: those that are asked. */
export function offerAdapters() {
  const names = chosenAdapters();
  const before = shownAdapter();
  $("shown").replaceChildren(...names.map((name) => new Option(name, name)));
  $("shown").value = names.includes(before) ? before : (names[0] ?? "");
  changed("figure");
}

$("figure").replaceChildren(...FIGURES.map(({ key, name }) => new Option(name, key)));
$("figure").addEventListener("change", () => changed("figure"));
$("shown").addEventListener("change", () => changed("figure"));
$("adapters").addEventListener("change", offerAdapters);
$("withhold").addEventListener("input", () => changed("figure"));

const soon = oncePerFrame(() => {
  showLegend();
  colour();
});
for (const part of ["strip", "readings", "figure"]) {
  on(part, soon);
}
showLegend();
