// In which words two texts differ.

import { make } from "./dom.js";

const WORD = /(?:[\p{L}\p{N}_'’]+|[^\s\p{L}\p{N}_'’])\s*|\s+/gu;

/** Both texts as elements, with the words marked that the other has not in this order; `differ` says how many. */
export function changes(one, other) {
  const [here, there] = [one.match(WORD) ?? [], other.match(WORD) ?? []];
  const kept = common(here.map((word) => word.trim()), there.map((word) => word.trim()));
  const sides = [here, there].map((words, side) => {
    const same = new Set(kept.map((pair) => pair[side]));
    return words.map((word, at) => (same.has(at) ? word : make("mark", { textContent: word })));
  });
  return { one: sides[0], other: sides[1], differ: here.length + there.length - 2 * kept.length };
}

/** More pairs than these are not compared: what stands between the common begin and end then counts as different. */
const MOST = 4_000_000;

/** Pairs `[at, at]` of what stands in both lists in the same order: as many as there can be. */
export function common(one, other) {
  const least = Math.min(one.length, other.length);
  let begin = 0;
  while (begin < least && one[begin] === other[begin]) {
    begin++;
  }
  let end = 0;
  while (end < least - begin && one[one.length - 1 - end] === other[other.length - 1 - end]) {
    end++;
  }
  const inner = between(one.slice(begin, one.length - end), other.slice(begin, other.length - end));
  return [
    ...Array.from({ length: begin }, (_, at) => [at, at]),
    ...inner.map(([left, right]) => [left + begin, right + begin]),
    ...Array.from({ length: end }, (_, at) => [one.length - end + at, other.length - end + at]),
  ];
}

function between(one, other) {
  if (one.length * other.length > MOST) {
    return [];
  }
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      lengths[i][j] = one[i] === other[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      pairs.push([i++, j++]);
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}
