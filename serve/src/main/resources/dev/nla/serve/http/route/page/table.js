// All readings of the text as a table that is sorted by its columns and filtered by a text.

import { textAt } from "./choice.js";
import { COLUMNS } from "./columns.js";
import { copyAllButtons } from "./copy.js";
import { $, make } from "./dom.js";
import { counted } from "./numbers.js";
import { readingOf } from "./reading.js";
import { allReadings } from "./readings.js";
import { roving } from "./roving.js";
import { on, state } from "./state.js";
import { debounced, oncePerFrame } from "./timing.js";

/** Rows that are shown at a time: a browser is slow with thousands. */
const MOST = 500;

const fillRows = roving($("rows"));
const order = { key: "token", falling: false };

// The readings that are looked for, in the order of the table.
function tabled() {
  const wanted = $("filter").value.trim().toLowerCase();
  const holds = (row) => [textAt(row.position), row.adapter, row.descriptions[0].text].some((text) => text.toLowerCase().includes(wanted));
  const { by } = COLUMNS.find((column) => column.key === order.key);
  return allReadings()
    .filter((row) => !wanted || holds(row))
    .sort((one, other) => compared(by(one), by(other)) || one.position - other.position || rank(one) - rank(other));
}

// What has no figure stands last, whichever way is sorted.
function compared(one, other) {
  if (one === undefined || other === undefined) {
    return (one === undefined) - (other === undefined);
  }
  const way = typeof one === "string" ? one.localeCompare(other) : one - other;
  return order.falling ? -way : way;
}

function rank(row) {
  return state.adapters.findIndex((adapter) => adapter.name === row.adapter);
}

function show() {
  const all = allReadings();
  $("table").hidden = !all.length;
  if (!all.length) {
    return;
  }
  const columns = COLUMNS.filter(({ given }) => !given || given(all));
  const rows = tabled();
  // The focus stays on the head that was clicked, so heads are kept where they are the same.
  if ($("heads").dataset.columns !== columns.map(({ key }) => key).join()) {
    $("heads").dataset.columns = columns.map(({ key }) => key).join();
    $("heads").replaceChildren(...columns.map(head));
  }
  for (const cell of $("heads").children) {
    cell.setAttribute("aria-sort", cell.dataset.key === order.key ? (order.falling ? "descending" : "ascending") : "none");
  }
  fillRows(rows.slice(0, MOST).map((row) =>
    make("tr", { data: { position: row.position, adapter: row.adapter } }, ...columns.map((column) =>
      make("td", { data: { key: column.key } }, ...column.cell(row))))));
  $("found").textContent = [rows.length === all.length ? counted(all.length, "reading") : `${rows.length} of ${counted(all.length, "reading")}`,
    rows.length > MOST ? `, the first ${MOST} are shown` : ""].join("");
}

function head({ key, name }) {
  const button = make("button", { type: "button", className: "plain", textContent: name });
  button.addEventListener("click", () => {
    order.falling = order.key === key ? !order.falling : false;
    order.key = key;
    show();
  });
  return make("th", { scope: "col", data: { key } }, button);
}

$("copy-table").append(...copyAllButtons(() => tabled().map((row) => readingOf(state.text, row, JSON.parse(row.asked)))));

const soon = oncePerFrame(show);
$("filter").addEventListener("input", debounced(show, 150));
for (const part of ["readings", "figure"]) {
  on(part, soon);
}
