// Has the chosen activation described by every chosen adapter, beside each other.

import { events } from "./api.js";
import { card } from "./card.js";
import { placeName, target, textAt } from "./choice.js";
import { copyButtons } from "./copy.js";
import { showDifferences } from "./differences.js";
import { $, bringUp, narrow } from "./dom.js";
import { remember } from "./history.js";
import { complain, say } from "./message.js";
import { showNearest } from "./nearest.js";
import { readingOf } from "./reading.js";
import { putReading, readingAsked } from "./readings.js";
import { asked, chosenAdapters, lacking, request } from "./settings.js";
import { markFresh } from "./stale.js";
import { state } from "./state.js";
import { settled } from "./text.js";

const NEAREST = 8;
let running = null;

/** Describes the chosen tokens; what was described before is shown as it was, unless it is to be written anew. */
export async function describe({ anew = false, quiet = false } = {}) {
  await settled();
  const names = chosenAdapters();
  if (lacking()) {
    if (!quiet && !document.querySelector("#message .retry")) {
      say(lacking());
    }
    return;
  }
  say("");
  running?.abort();
  running = new AbortController();
  const what = target();
  const settings = asked();
  $("chosen").textContent = `Layer ${settings.layer}, ${placeName(what.position)}: “${textAt(what.position)}”`;
  const cards = names.map((name) => card(name, what));
  $("cards").replaceChildren(...cards.map((each) => each.element));
  markFresh(what);
  if (narrow() && !quiet) {
    bringUp($("answered"));
  }
  const all = await Promise.all(cards.map((each, index) => fill(each, what, settings, index === 0, anew, running.signal)));
  if (cards.length > 1 && all.every(Boolean)) {
    showDifferences(cards);
  }
}

// Whether the card was filled.
async function fill(each, what, settings, first, anew, signal) {
  const asking = { ...what, ...request(each.name, settings) };
  const before = anew ? undefined : readingAsked(each.name, what.position, settings);
  try {
    const answer = before ?? (await write(each, asking, first, signal));
    const reading = readingOf(what.text, answer, settings);
    each.finish(answer, copyButtons(() => reading, () => asking));
    remember(reading);
    if (!before && what.text === state.text && what.prompt === state.prompt) {
      putReading(answer, settings);
    }
    if (first) {
      showNearest(answer.nearest ?? []);
    }
    return true;
  } catch (error) {
    if (error.name !== "AbortError") {
      each.fail(error.message);
      complain(error, () => describe());
    }
    return false;
  }
}

async function write(each, asking, first, signal) {
  for await (const { name, data } of events("v1/describe", { ...asking, nearest: first ? NEAREST : 0 }, signal)) {
    if (name === "text") {
      each.text(data.sample, data.text);
    } else if (name === "reading") {
      each.read(data);
    } else if (name === "done") {
      return data;
    }
  }
}
