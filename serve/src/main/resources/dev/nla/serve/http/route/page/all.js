// Has every token of the text described, adapter by adapter, and shows each as it comes. What is there already is not asked for again.

import { persistently } from "./again.js";
import { events } from "./api.js";
import { $ } from "./dom.js";
import { complain, passing, say } from "./message.js";
import { missing, wanted } from "./missing.js";
import { counted } from "./numbers.js";
import { beginProgress, endProgress, showProgress, showRead } from "./progress.js";
import { allReadings, putReading } from "./readings.js";
import { asked, chosenAdapters, lacking, request } from "./settings.js";
import { on, state } from "./state.js";
import { keepStrip } from "./strips.js";
import { settled } from "./text.js";

let running = null;

async function describeAll() {
  await settled();
  const names = chosenAdapters();
  say(lacking());
  if (lacking()) {
    return;
  }
  running?.abort();
  const mine = (running = new AbortController());
  const what = { text: state.text, prompt: state.prompt };
  const settings = { ...asked(), samples: 1 };
  const total = names.reduce((sum, name) => sum + wanted(name).length, 0);
  const before = names.reduce((sum, name) => sum - missing(name, settings).length, total);
  let done = before;
  beginProgress(total);
  $("cancel").focus();
  let troubled = false;
  const recovered = () => {
    if (troubled) {
      troubled = false;
      say("");
    }
  };
  const write = () => writeMissing(names, what, settings, mine.signal, (name, rows) => {
    if (rows) {
      recovered();
    }
    showProgress((done += rows), total, name);
  });
  const lostNow = (error) => {
    troubled = true;
    lost(error, done, total, "What is missing is asked for once more in a moment.");
  };
  let ended;
  try {
    await persistently(write, () => done, lostNow, mine.signal);
    recovered();
    ended = written(before, total);
  } catch (error) {
    ended = `${error.name === "AbortError" ? "Cancelled" : "Ended"} after ${done} of ${counted(total, "description")}.`;
    lost(error, done, total, "Try again when it is back: what is missing is asked for, and nothing twice.");
  }
  const here = what.text === state.text && what.prompt === state.prompt;
  end(mine, here ? ended : "");
  if (here) {
    showWarnings();
    names.forEach(keepStrip);
  }
}

async function writeMissing(names, what, settings, signal, progress) {
  for (const name of names) {
    const left = missing(name, settings);
    if (left.length) {
      const positions = left.length === wanted(name).length ? "all" : left;
      progress(name, 0);
      for await (const event of events("v1/describe", { ...what, positions, ...request(name, settings) }, signal)) {
        if (event.name === "row") {
          putReading(event.data, settings);
          progress(name, 1);
        } else if (event.name === "reading") {
          showRead(event.data);
        }
      }
    }
  }
}

function written(before, total) {
  const all = counted(total, "description");
  return before === total ? `${all}: all were there.` : `${all}${before ? `, ${total - before} newly` : ""} written.`;
}

function lost(error, done, total, next) {
  complain(error, describeAll, { more: passing(error) ? `${done} of ${counted(total, "description")} are here and stay. ${next}` : "" });
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

// What a warning says of any token, so that it is said once.
function general(text) {
  return text.replace(/, this one is at [^:]*/, "");
}

function showWarnings() {
  const times = new Map();
  for (const text of allReadings().flatMap((row) => row.warnings ?? []).map(general)) {
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  $("warnings").textContent = [...times].map(([text, count]) => `${counted(count, "token")}: ${text}`).join("\n");
}

$("all").addEventListener("click", describeAll);
$("cancel").addEventListener("click", () => running?.abort());
// What has been read of another text is worth nothing.
on("tokens", () => {
  running?.abort();
  $("ended").textContent = "";
  $("warnings").textContent = "";
});
