// Two strips token by token: which tokens both texts have, and which of these are described otherwise.

import { common } from "./changes.js";
import { statedIn, statements } from "./claims.js";

/** For each strip its units, `{unit, row, partner, differs}`: `partner` is the same token's place in the other strip, −1 where it has none. */
export function twins(one, other) {
  const sides = [one, other].map((strip) => strip.units.map((unit) => ({ unit, row: strip.rows.get(unit.at), partner: -1, differs: false })));
  for (const [left, right] of common(one.units.map(same), other.units.map(same))) {
    const differs = otherwise(sides[0][left].row, sides[1][right].row);
    Object.assign(sides[0][left], { partner: right, differs });
    Object.assign(sides[1][right], { partner: left, differs });
  }
  return sides;
}

function same({ text, frame }) {
  return `${frame} ${text}`;
}

/** The place in the other strip that belongs to one in this: the same token, else the nearest before it that both have. */
export function across(side, at) {
  for (let before = at; before >= 0; before--) {
    if (side[before].partner >= 0) {
      return side[before].partner;
    }
  }
  return 0;
}

/** What a row's first description states. */
export function stated(row) {
  return row ? statements(row.descriptions[0].text) : [];
}

function otherwise(one, other) {
  const [here, there] = [stated(one), stated(other)];
  return Boolean(one && other) && (here.some((each) => !statedIn(each, there)) || there.some((each) => !statedIn(each, here)));
}
