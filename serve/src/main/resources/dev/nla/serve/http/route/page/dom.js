// Elements: found by their id, and made.

export const $ = (id) => document.getElementById(id);

/** Makes an element; keys with a dash are attributes, all others properties. Texts among the children become text nodes. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data") {
      Object.assign(element.dataset, value);
    } else if (key.includes("-")) {
      element.setAttribute(key, value);
    } else {
      element[key] = value;
    }
  }
  element.append(...children);
  return element;
}

/** A copy of what a template of the page holds. */
export function copyOf(template) {
  return $(template).content.firstElementChild.cloneNode(true);
}

export function note(text) {
  return make("small", { textContent: text });
}

/** Whether the page is shown in one column, as on a telephone. */
export function narrow() {
  return matchMedia("(max-width: 52rem)").matches;
}

/** Brings an element to the top of the window, at once: a slow way there ends early where what stands above changes its height. */
export function bringUp(element) {
  element.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Scrolls a box until a part of it is in view: the box alone, never the page. */
export function keepInView(box, part) {
  const top = part.offsetTop;
  if (top < box.scrollTop) {
    box.scrollTop = top;
  } else if (top + part.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + part.offsetHeight - box.clientHeight;
  }
}
