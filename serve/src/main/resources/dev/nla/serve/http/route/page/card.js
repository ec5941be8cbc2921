// What one adapter says of an activation.

import { copyOf, make } from "./dom.js";
import { readSoFar } from "./numbers.js";
import { sample } from "./sample.js";

/** A card that fills as its descriptions are written: there are as many boxes as have come. */
export function card(name, what) {
  const element = copyOf("card");
  element.dataset.adapter = name;
  element.querySelector("h3").textContent = name;
  element.setAttribute("aria-label", `Descriptions by ${name}`);
  const box = element.querySelector(".samples");
  const waiting = make("p", { className: "state", textContent: "waiting for its turn…" });
  box.append(waiting);
  const made = [];
  const at = (index) => {
    waiting.remove();
    while (made.length <= index) {
      const next = sample(name, made.length, what);
      made.push(next);
      box.append(next.element);
    }
    return made[index];
  };
  const over = () => {
    waiting.remove();
    element.removeAttribute("aria-busy");
  };
  return {
    name,
    element,
    read: (far) => (waiting.textContent = readSoFar(far)),
    text: (index, text) => at(index).show(text),
    words: "",
    finish(answer, copies) {
      this.words = answer.descriptions[0].text;
      answer.descriptions.forEach((description, index) => at(index).finish(description));
      made[0]?.judge(answer);
      warn(element, (answer.warnings ?? []).join("; "));
      element.querySelector(".copies").replaceChildren(...copies);
      over();
    },
    fail(message) {
      made.forEach((each) => each.fail());
      warn(element, message);
      over();
    },
  };
}

function warn(element, text) {
  const warning = element.querySelector(".warning");
  warning.textContent = text;
  warning.hidden = !text;
}
