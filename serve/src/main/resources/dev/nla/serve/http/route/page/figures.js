// Figures by which tokens are coloured: what each is of an answer, what it needs, and where its five steps begin.

import { signed } from "./numbers.js";
import { threshold } from "./settings.js";

const first = (row) => row.descriptions[0];
const chances = (row) => (row.claims?.length ? row.claims.map((claim) => claim.p) : undefined);

const TRIP = "known where the server has a reconstructor and loaded activations";
const JUDGED = "known of calibrated adapters, where they were calibrated";

export const FIGURES = [
  { key: "cosine", name: "centred cosine", edges: [0, 0.25, 0.5, 0.75], needs: TRIP, of: (row) => first(row).centered_cosine, shown: signed },
  { key: "gap", name: "calibrated gap", edges: [0, 0.25, 0.5, 0.75], needs: TRIP, of: (row) => first(row).gap?.centered.calibrated ?? undefined, shown: signed },
  { key: "least", name: "least claim probability", edges: [0.2, 0.4, 0.6, 0.8], needs: JUDGED, of: (row) => chances(row) && Math.min(...chances(row)), shown: chance },
  { key: "mean", name: "mean claim probability", edges: [0.2, 0.4, 0.6, 0.8], needs: JUDGED, of: (row) => chances(row) && mean(chances(row)), shown: chance },
  { key: "kept", name: "claims kept", edges: [1, 2, 3, 4], needs: JUDGED, of: (row) => row.claims && kept(row), shown: String },
];

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** How many claims are likely enough not to be withheld. */
function kept(row) {
  return row.claims.filter((claim) => claim.p >= threshold()).length;
}

function chance(number) {
  return number.toFixed(2);
}

export function figureCalled(key) {
  return FIGURES.find((figure) => figure.key === key) ?? FIGURES[0];
}

/** Which of the five steps a value is in, from 0. */
export function step(figure, value) {
  return figure.edges.filter((edge) => value >= edge).length;
}

/** The steps in numbers, for a legend. */
export function steps({ edges }) {
  const between = edges.slice(1).map((edge, at) => (Number.isInteger(edge) && edges[0] >= 1 ? `${edges[at]}` : `${edges[at]} to ${edge}`));
  return [`below ${edges[0]}`, ...between, `${edges.at(-1)} and more`];
}
