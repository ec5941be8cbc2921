// Copies texts, and says that it did.

import { hasToken } from "./api.js";
import { make } from "./dom.js";
import { asCsv, asJson, asPython } from "./formats.js";

/** Buttons that copy a reading; `reading` and `asking` give it and the request for it. */
export function copyButtons(reading, asking) {
  return copyAs({
    JSON: () => asJson([reading()]),
    CSV: () => asCsv([reading()]),
    Python: () => asPython(location.origin, asking(), hasToken()),
  });
}

/** Buttons that copy many readings. */
export function copyAllButtons(readings) {
  return copyAs({ JSON: () => asJson(readings()), CSV: () => asCsv(readings()) });
}

/** Buttons that copy, each named after the form of the text that it gives. */
export function copyAs(forms) {
  const said = make("span", { className: "hint", role: "status" });
  const all = Object.entries(forms).map(([name, text]) => {
    const button = make("button", { type: "button", className: "plain", textContent: name, "aria-label": `Copy as ${name}` });
    button.addEventListener("click", async () => {
      const done = await copied(text());
      said.textContent = done ? `${name} is copied.` : "The browser does not let the page copy.";
    });
    return button;
  });
  return [make("span", { className: "hint", textContent: "Copy as" }), ...all, said];
}

// Over plain HTTP from another machine browsers offer no clipboard, but still copy what is selected.
async function copied(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: by selection, then.
    }
  }
  const box = make("textarea", { value: text, className: "heard" });
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
