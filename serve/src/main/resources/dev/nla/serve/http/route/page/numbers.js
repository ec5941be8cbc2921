// Numbers as they are shown.

export function signed(number, digits = 3) {
  return number === null || number === undefined ? "n/a" : (number < 0 ? "−" : "+") + Math.abs(number).toFixed(digits);
}

export function counted(number, thing) {
  return `${number.toLocaleString()} ${thing}${number === 1 ? "" : "s"}`;
}

/** How far the model has read a text. */
export function readSoFar({ tokens, of }) {
  return `reading the text: ${tokens.toLocaleString()} of ${counted(of, "token")}…`;
}
