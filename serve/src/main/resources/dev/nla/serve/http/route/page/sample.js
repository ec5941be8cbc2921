// One description: its words, which can be edited, its claims and its round trip.

import { post } from "./api.js";
import { showClaims } from "./claims.js";
import { copyOf } from "./dom.js";
import { fit, keepFitted } from "./fit.js";
import { steerable, steerWith } from "./steer.js";
import { debounced } from "./timing.js";
import { showTrip } from "./trip.js";

/** A description that is being written; `what` is the activation that it is of. */
export function sample(name, index, what) {
  const element = copyOf("sample");
  const words = element.querySelector(".words");
  const says = element.querySelector(".state");
  const button = element.querySelector(".steer");
  let written = "";
  words.setAttribute("aria-label", `${name}, description ${index + 1}; edit it to see the reconstruction move`);
  says.textContent = "writing…";
  keepFitted(words);
  button.addEventListener("click", () => steerWith(what, words.value, written));
  const show = (text) => {
    words.value = text;
    fit(words);
  };
  const finish = (description) => {
    written = description.text;
    show(written);
    words.readOnly = false;
    button.hidden = !steerable(what);
    says.textContent = finding(description);
    showTrip(element.querySelector(".trip"), description);
  };
  edits(words, what, (trip) => {
    showTrip(element.querySelector(".trip"), trip);
    says.textContent = words.value === written ? "" : "edited";
  }, (error) => (says.textContent = error.message));
  const judge = (answer) => showClaims(element.querySelector(".claims"), answer);
  return { element, show, finish, judge, fail: () => (says.textContent = "") };
}

function finding({ defect, finish_reason: reason }) {
  return defect ? `not usable: ${defect.replaceAll("_", " ")}` : reason === "length" ? "cut by the limit" : "";
}

// Reconstructs an edited description a moment after the last key, at once on Ctrl+Enter.
function edits(words, what, moved, failed) {
  let running = null;
  const reconstruct = async () => {
    if (!words.value.trim()) {
      return;
    }
    running?.abort();
    running = new AbortController();
    try {
      moved(await post("v1/reconstruct", { text: words.value, against: what }, running.signal));
    } catch (error) {
      if (error.name !== "AbortError") {
        failed(error);
      }
    }
  };
  const later = debounced(reconstruct, 300);
  words.addEventListener("input", () => {
    fit(words);
    later();
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      later();
      later.now();
    }
  });
}
