// The line that says what is wrong, with a way out where there is one.

import { Gone } from "./api.js";
import { $, make } from "./dom.js";

/** Says it in the page's line, or in one of its parts. */
export function say(text, line = $("message")) {
  line.textContent = text;
}

/**
 * Says why something failed; whatever may work at another time can be tried again. What was cancelled is no failure. `more` is said behind
 * it, `line` is where, if not in the page's line.
 */
export function complain(error, retry, { more = "", line = $("message") } = {}) {
  if (error.name === "AbortError") {
    return;
  }
  const why = error.type === "queue_full" ? `The server is busy: ${error.message}` : error.message;
  say(`${why} ${more}`.trim(), line);
  if (passing(error) && retry) {
    const again = make("button", { type: "button", className: "retry", textContent: "Try again" });
    again.addEventListener("click", () => {
      say("", line);
      retry();
    });
    line.append(" ", again);
  }
}

/** Whether the same may work at another time: nobody answered, or the server has too much to do or is about to stop. */
export function passing(error) {
  return error instanceof Gone || ["queue_full", "stopping", "timeout"].includes(error.type);
}
