// A text to begin with that fits what the model knows.

const EXAMPLES = { scenes: "Nobody was haughty. A trunk came into it. It was made of clay." };
const PLAIN = "A small boat carried people across the river before the bridge was built.";

export function exampleFor(model) {
  return EXAMPLES[model.name] ?? PLAIN;
}
