// The round trip of a description: how near its words lead back to the activation.

import { make } from "./dom.js";
import { signed } from "./numbers.js";

/** Shows the gap as a bar from zero, green where it is above and red where it is below, and the other figures. */
export function showTrip(box, trip) {
  box.hidden = trip.centered_cosine === undefined;
  if (box.hidden) {
    return;
  }
  const gap = trip.gap.centered;
  const ends = [gap.floor ?? 0, gap.ceiling, gap.gap, 0];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const at = (value) => `${(100 * (value - low)) / (high - low || 1)}%`;
  const fill = box.querySelector(".fill");
  fill.classList.toggle("below", gap.gap < 0);
  fill.style.left = at(Math.min(0, gap.gap));
  fill.style.right = `calc(100% - ${at(Math.max(0, gap.gap))})`;
  box.querySelector(".mark").style.left = at(gap.gap);
  box.querySelector(".zero").style.left = at(0);
  const bar = box.querySelector(".bar");
  for (const [name, value] of Object.entries({ valuemin: low, valuemax: high, valuenow: gap.gap })) {
    bar.setAttribute(`aria-${name}`, value.toFixed(3));
  }
  bar.setAttribute("aria-valuetext", `${signed(gap.gap)}, ${gap.gap < 0 ? "below" : "above"} zero, between floor ${signed(gap.floor)} and ceiling ${signed(gap.ceiling)}`);
  box.querySelector(".floor").textContent = `floor ${signed(gap.floor)}`;
  box.querySelector(".ceiling").textContent = `ceiling ${signed(gap.ceiling)}`;
  box.querySelector("dl").replaceChildren(...[
    ["centred cosine", signed(trip.centered_cosine)],
    ["rank", `${trip.rank.toLocaleString()} of ${trip.candidates.toLocaleString()}`],
    ["gap", signed(gap.gap)],
    ["calibrated", signed(gap.calibrated)],
  ].map(([name, value]) => make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value }))));
}
