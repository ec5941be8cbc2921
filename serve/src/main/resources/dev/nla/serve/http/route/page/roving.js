// Many buttons in a box with one stop for the Tab key: arrow keys, Home and End move among them.

/** The answer puts parts into the box, in place of those there; stop and focus stay at the same place. */
export function roving(box) {
  let stop = 0;
  const buttons = () => [...box.querySelectorAll("button")];
  const go = (to) => {
    const all = buttons();
    stop = Math.max(0, Math.min(all.length - 1, to));
    all.forEach((button, at) => (button.tabIndex = at === stop ? 0 : -1));
    return all[stop];
  };
  box.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: stop - 1, ArrowDown: stop + 1, Home: 0, End: Infinity };
    if (event.key in moves) {
      event.preventDefault();
      go(moves[event.key])?.focus();
    }
  });
  box.addEventListener("focusin", ({ target }) => go(buttons().indexOf(target)));
  return (parts) => {
    const focused = box.contains(document.activeElement);
    box.replaceChildren(...parts);
    const button = go(stop);
    if (focused) {
      button?.focus();
    }
  };
}
