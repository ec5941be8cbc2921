// What is to be written into an activation: words, those they stand in place of, how and how strongly.

import { $ } from "./dom.js";
import { asked } from "./settings.js";
import { changed } from "./state.js";

const KEYS = { steer: "steer-words", instead_of: "steer-old", how: "steer-how", strength: "strength", tokens: "steer-tokens" };

let place = null;

/** The activation that is steered, `{text, prompt, position}`; null while none is. */
export function steered() {
  return place;
}

/** Steers an activation with the words that describe it, as they are now and as they were written. */
export function putWords(what, words, written) {
  place = what;
  $("steer-words").value = words;
  $("steer-old").value = written;
  if (words === written && $("steer-how").value === "edit") {
    $("steer-how").value = "replace";
  } else if (words !== written) {
    $("steer-how").value = "edit";
  }
  changed("steering");
}

export function stopSteering() {
  place = null;
  changed("steering");
}

/** Whether the words that are replaced matter. */
export function isEdit() {
  return $("steer-how").value === "edit";
}

/** What is wrong with the fields; empty where nothing is. */
export function fault() {
  const [words, old] = [$("steer-words").value.trim(), $("steer-old").value.trim()];
  if (!words) {
    return "Write the words that are to be written in.";
  }
  if (isEdit() && !old) {
    return "Write the words that these stand in place of, or add the words alone.";
  }
  return isEdit() && words === old ? "The words are the same on both sides, so nothing would be added: change them, or choose another way." : "";
}

/** The fields as `POST /v1/steer` takes them. */
export function steerRequest() {
  const { temperature, seed } = asked();
  return {
    ...place,
    description: $("steer-words").value,
    mode: $("steer-how").value === "replace" ? "replace" : "add",
    ...(isEdit() ? { instead_of: $("steer-old").value } : {}),
    strength: Number($("strength").value),
    max_new_tokens: Math.max(1, Math.trunc(+$("steer-tokens").value) || 1),
    temperature,
    seed,
  };
}

/** Says in an address what is steered with. */
export function writeSteering(says) {
  for (const [key, field] of Object.entries(KEYS)) {
    says.set(key, $(field).value);
  }
}

/** Steers an activation as an address says; not at all where it says nothing of it. */
export function readSteering(says, what) {
  place = says.has("steer") ? what : null;
  for (const [key, field] of place ? Object.entries(KEYS) : []) {
    $(field).value = says.get(key) ?? $(field).value;
  }
  $("steer-how").value ||= "replace";
  changed("steering");
}

for (const field of Object.values(KEYS)) {
  for (const event of ["input", "change"]) {
    $(field).addEventListener(event, () => changed("steering"));
  }
}
