// Boxes as high as their text is, however its lines wrap.

export function fit(box) {
  box.style.height = "auto";
  const frame = box.offsetHeight - box.clientHeight;
  box.style.height = `${box.scrollHeight + frame}px`;
}

/** Fits a box now and whenever its width changes. */
export function keepFitted(box) {
  let width = 0;
  const watch = new ResizeObserver(() => {
    if (box.clientWidth !== width) {
      width = box.clientWidth;
      fit(box);
    }
  });
  watch.observe(box);
}
