// The loaded texts whose activations are nearest to the described one.

import { $, make, note } from "./dom.js";
import { roving } from "./roving.js";
import { replaceText } from "./text.js";

const fill = roving($("nearest"));

export function showNearest(texts) {
  $("near").hidden = !texts.length;
  fill(texts.map((near) => {
    const button = make("button", { type: "button", className: "near", title: "Take this text", textContent: near.text });
    button.addEventListener("click", () => {
      replaceText(near.text);
      $("text").focus();
    });
    const said = near.description ? `: ${near.description.replaceAll("\n", " ")}` : "";
    return make("li", {}, button, note(`cosine ${near.centered_cosine.toFixed(3)}${said}`));
  }));
}
