// How far the description of the whole text is.

import { $ } from "./dom.js";
import { readSoFar } from "./numbers.js";

let quarter = -1;

export function beginProgress(total) {
  quarter = -1;
  $("all").hidden = true;
  $("running").hidden = false;
  $("progress").max = total;
  showProgress(0, total, "");
}

export function showProgress(done, total, name) {
  $("progress").value = done;
  $("counted").textContent = `${done.toLocaleString()} of ${total.toLocaleString()}${name ? `, ${name}` : ""}`;
  // Heard every quarter, not at every token.
  const now = Math.floor((4 * done) / Math.max(1, total));
  if (now !== quarter) {
    quarter = now;
    $("heard").textContent = `${done} of ${total} descriptions are written`;
  }
}

/** Before the first description of a long text. */
export function showRead(far) {
  $("counted").textContent = readSoFar(far);
}

export function endProgress(text) {
  $("all").hidden = false;
  $("running").hidden = true;
  $("heard").textContent = text;
  $("ended").textContent = text;
}
