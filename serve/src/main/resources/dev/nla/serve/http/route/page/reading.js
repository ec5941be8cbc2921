// A reading by itself: an answer with the text, the model and the settings that it came from.

import { state } from "./state.js";

export function readingOf(text, answer, settings) {
  const { nearest, usage, asked, index, ...kept } = answer;
  return { model: state.model.name, text, ...kept, settings };
}
