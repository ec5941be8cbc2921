// What the modules share. Who changes a part of it says so with `changed`, and who shows that part listens with `on`.

export const state = {
  /** Facts of the model, its adapters in the order of the server, and the most that a request may ask for. */
  model: null,
  adapters: [],
  limits: { samples: 16 },
  /** The text whose tokens are shown, how the model is shown it, and its tokens. */
  text: "",
  prompt: "chat",
  tokens: [],
  /** The tokens as they are shown: see units.js. */
  units: [],
  start: 0,
  end: 0,
  /** The chosen tokens: where the choice began and where it is now; −1 without tokens. */
  anchor: -1,
  head: -1,
};

const parts = new EventTarget();

export function changed(part) {
  parts.dispatchEvent(new Event(part));
}

export function on(part, listener) {
  parts.addEventListener(part, listener);
}
