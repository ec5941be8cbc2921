// A text to begin with that fits what the model knows.

const EXAMPLES = { scenes: "The school was where it happened. A goat kept close. It was winter." };
const PLAIN = "A small boat carried people across the river before the bridge was built.";

export function exampleFor(model) {
  return EXAMPLES[model.name] ?? PLAIN;
}
