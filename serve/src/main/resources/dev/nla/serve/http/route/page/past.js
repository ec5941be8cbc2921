// The list of the session's readings, each of which can be gone back to.

import { choose } from "./choice.js";
import { offerAdapters } from "./colours.js";
import { describe } from "./describe.js";
import { $, make, note } from "./dom.js";
import { forget, remembered, titleOf } from "./history.js";
import { say } from "./message.js";
import { putReading } from "./readings.js";
import { roving } from "./roving.js";
import { chooseAdapters, putSettings } from "./settings.js";
import { on, state } from "./state.js";
import { replaceText } from "./text.js";

const fill = roving($("past-list"));

function show() {
  const all = remembered();
  $("past").hidden = !all.length;
  $("past-count").textContent = all.length;
  fill(all.map((entry) => {
    const button = make("button", { type: "button", className: "near", textContent: titleOf(entry) });
    button.addEventListener("click", () => goBack(entry.reading));
    return make("li", {}, button, note(entry.reading.descriptions[0].text.replaceAll("\n", " ")));
  }));
}

async function goBack(reading) {
  if (!state.adapters.some(({ name }) => name === reading.adapter)) {
    say(`The adapter ${reading.adapter} is not loaded any more.`);
    return;
  }
  chooseAdapters([reading.adapter]);
  offerAdapters();
  putSettings(reading.settings);
  $("prompt").value = reading.prompt;
  await replaceText(reading.text);
  const [begin, end] = [reading.position].flat();
  choose(begin, end === undefined ? begin : end - 1);
  putReading(reading, reading.settings);
  await describe();
}

$("forget").addEventListener("click", forget);
on("history", show);
show();
