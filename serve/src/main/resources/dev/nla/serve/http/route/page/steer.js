// Writes words into an activation and shows how the model goes on, beside how it goes on by itself.

import { hasToken, post } from "./api.js";
import { changes } from "./changes.js";
import { placeName } from "./choice.js";
import { copyAs } from "./copy.js";
import { $, bringUp, make } from "./dom.js";
import { fit, keepFitted } from "./fit.js";
import { asJson, asSteeringPython } from "./formats.js";
import { complain, say } from "./message.js";
import { counted } from "./numbers.js";
import { on, state } from "./state.js";
import { fault, isEdit, putWords, steered, steerRequest } from "./steering.js";

const BOXES = ["steer-words", "steer-old"];
let running = null;
let shown = null;

/** Whether the server can write words into this activation. */
export function steerable(what) {
  return state.model.reconstructor_layer !== undefined && !Array.isArray(what.position);
}

/** Opens the section with a description's words and steers with them. */
export function steerWith(what, words, written) {
  putWords(what, words, written);
  bringUp($("steer"));
  $("steer-title").focus({ preventScroll: true });
  return steer();
}

/** Steers as the fields say. */
export async function steer() {
  running?.abort();
  if (!steered()) {
    return;
  }
  const wrong = fault();
  say(wrong, $("steer-message"));
  if (wrong) {
    return;
  }
  const mine = (running = new AbortController());
  const asking = steerRequest();
  $("continuations").setAttribute("aria-busy", "true");
  $("steer-said").textContent = "The model goes on…";
  try {
    show(asking, await post("v1/steer", asking, mine.signal));
  } catch (error) {
    if (mine === running) {
      $("steer-said").textContent = "";
      complain(error, steer, { line: $("steer-message") });
    }
  }
  if (mine === running) {
    $("continuations").removeAttribute("aria-busy");
  }
}

function show(asking, answer) {
  const { one, other, differ } = changes(answer.before.text, answer.after.text);
  $("continuations").hidden = $("copy-steer").hidden = false;
  fill($("before"), one, answer.before);
  fill($("after"), other, answer.after);
  $("steer-said").textContent = [
    differ ? `The model goes on otherwise: ${counted(differ, "word")} of both ${differ === 1 ? "is" : "are"} marked.` : "The model goes on the same.",
    ...(answer.warnings ?? []),
  ].join("\n");
  shown = { asking, reading: { model: state.model.name, layer: answer.layer, ...asking, before: answer.before, after: answer.after } };
}

function fill(box, parts, { finish_reason: reason }) {
  const end = !parts.length ? "nothing: it ends at once" : reason === "length" ? " … cut by the limit" : "";
  box.replaceChildren(...parts, ...(end ? [make("span", { className: "soft", textContent: end })] : []));
}

on("steering", () => {
  const what = steered();
  $("steer").hidden = !what;
  $("steer-old").disabled = !isEdit();
  if (what) {
    $("steered").replaceChildren(`${what.text} `, make("b", { textContent: `at ${placeName(what.position)}` }));
    BOXES.forEach((box) => fit($(box)));
  }
});

$("steer-go").addEventListener("click", steer);
$("steer").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    steer();
  }
});
BOXES.forEach((box) => keepFitted($(box)));
$("copy-steer").append(...copyAs({
  JSON: () => asJson([shown.reading]),
  Python: () => asSteeringPython(location.origin, shown.asking, hasToken()),
}));
