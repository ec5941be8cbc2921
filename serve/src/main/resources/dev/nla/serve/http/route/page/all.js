// Has every token of the text described, adapter by adapter, and shows each as it comes.

import { events } from "./api.js";
import { $ } from "./dom.js";
import { complain, say } from "./message.js";
import { counted } from "./numbers.js";
import { beginProgress, endProgress, showProgress } from "./progress.js";
import { putReading } from "./readings.js";
import { asked, chosenAdapters, request } from "./settings.js";
import { on, state } from "./state.js";
import { settled } from "./text.js";

let running = null;

async function describeAll() {
  await settled();
  const names = chosenAdapters();
  if (!state.tokens.length || !names.length) {
    say(state.tokens.length ? "Choose an adapter." : "Write a text first.");
    return;
  }
  say("");
  running?.abort();
  const mine = (running = new AbortController());
  const settings = { ...asked(), samples: 1 };
  const total = names.reduce((sum, name) => sum + wanted(name), 0);
  let done = 0;
  beginProgress(total);
  $("cancel").focus();
  const warnings = new Map();
  try {
    for (const name of names) {
      const asking = { text: state.text, prompt: state.prompt, positions: "all", ...request(name, settings) };
      for await (const event of events("v1/describe", asking, mine.signal)) {
        if (event.name === "row") {
          putReading(event.data, settings);
          showProgress(++done, Math.max(total, done), name);
          (event.data.warnings ?? []).forEach((text) => warnings.set(general(text), (warnings.get(general(text)) ?? 0) + 1));
        }
      }
    }
    end(mine, `${counted(done, "description")} written.`);
  } catch (error) {
    end(mine, `${error.name === "AbortError" ? "Cancelled" : "Ended"} after ${done} of ${counted(total, "description")}.`);
    complain(error, describeAll);
  }
  showWarnings(warnings);
}

function end(mine, text) {
  if (mine === running) {
    running = null;
    const focused = document.activeElement === $("cancel");
    endProgress(text);
    if (focused) {
      $("all").focus();
    }
  }
}

// The server describes the text's tokens and those behind it, for an adapter that skipped some first ones without these.
function wanted(name) {
  const skipped = state.adapters.find((adapter) => adapter.name === name)?.skip_first ?? 0;
  return Math.max(1, state.tokens.length - state.start - skipped);
}

// What a warning says of any token, so that it is said once.
function general(text) {
  return text.replace(/, this one is at [^:]*/, "");
}

function showWarnings(warnings) {
  $("warnings").textContent = [...warnings].map(([text, times]) => `${counted(times, "token")}: ${text}`).join("\n");
}

$("all").addEventListener("click", describeAll);
$("cancel").addEventListener("click", () => running?.abort());
// What has been read of another text is worth nothing.
on("tokens", () => {
  running?.abort();
  $("ended").textContent = "";
  $("warnings").textContent = "";
});
