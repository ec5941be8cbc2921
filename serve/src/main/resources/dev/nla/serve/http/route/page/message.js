// The line that says what is wrong, with a way out where there is one.

import { Gone } from "./api.js";
import { $, make } from "./dom.js";

export function say(text) {
  $("message").textContent = text;
}

/** Says why something failed; whatever may work at another time can be tried again. What was cancelled is no failure. */
export function complain(error, retry) {
  if (error.name === "AbortError") {
    return;
  }
  say(error.message);
  if (error instanceof Gone && retry) {
    const again = make("button", { type: "button", id: "retry", textContent: "Try again" });
    again.addEventListener("click", () => {
      say("");
      retry();
    });
    $("message").append(" ", again);
  }
}
