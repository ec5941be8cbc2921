// Tokens as they are shown. Tokens that add nothing to the text, such as the first bytes of an emoji, are joined with the next that does.

/** Units `{from, at, text, frame}`: `at` is the last token of a unit, at which the model has read all of it. */
export function units(tokens, start, end) {
  const all = [];
  let from = 0;
  tokens.forEach((token, at) => {
    const ends = at + 1 === tokens.length || at + 1 === start || at + 1 === end;
    if (token.text || ends) {
      const frame = at < start ? "head" : at >= end ? "tail" : "";
      all.push({ from, at, text: token.text, frame });
      from = at + 1;
    }
  });
  return all;
}

/** How many tokens at the start are the same in both: what the model computed there is the same, too. */
export function unchanged(before, after) {
  const differs = before.findIndex((token, at) => token.id !== after[at]?.id);
  return differs < 0 ? before.length : differs;
}

/** Where a unit stands, in words. */
export function placed({ from, at }) {
  return from === at ? `token ${at}` : `tokens ${from} to ${at}`;
}

/** A text that is cut to so many letters. */
export function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A text in one line. */
export function inLine(text) {
  return text.replaceAll("\n", "⏎");
}
