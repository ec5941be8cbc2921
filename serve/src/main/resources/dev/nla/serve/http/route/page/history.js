// The readings of this session: kept in the browser until its tab is closed.

import { changed } from "./state.js";
import { shortened } from "./units.js";

const KEY = "readings";
const MOST = 100;

let all = load();

function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

/** Keeps a reading; the newest stands first, and none stands twice. */
export function remember(reading) {
  const { text, adapter, prompt, position, settings } = reading;
  const id = JSON.stringify([text, adapter, prompt, position, settings]);
  all = [{ id, time: Date.now(), reading }, ...all.filter((entry) => entry.id !== id)].slice(0, MOST);
  // Where the browser's room is used up, the oldest half is let go of.
  for (let kept = all; ; kept = kept.slice(0, kept.length >> 1)) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
      all = kept;
      break;
    } catch (error) {
      if (!kept.length) {
        break;
      }
    }
  }
  changed("history");
}

export function remembered() {
  return all;
}

export function forget() {
  all = [];
  sessionStorage.removeItem(KEY);
  changed("history");
}

/** A reading in a line. */
export function titleOf({ time, reading }) {
  const at = new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const place = Array.isArray(reading.position) ? `tokens ${reading.position[0]} to ${reading.position[1] - 1}` : `token ${reading.position}`;
  return `${at} ${reading.adapter}, ${place} of “${shortened(reading.text, 40)}”`;
}
