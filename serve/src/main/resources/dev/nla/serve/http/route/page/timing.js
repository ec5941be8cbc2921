// Doing things later, and less often.

/** Waits until nobody has called for a while. `now` does at once what waits, if anything does. */
export function debounced(action, wait) {
  let timer = 0;
  const run = () => {
    timer = 0;
    return action();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  later.now = () => {
    if (timer) {
      clearTimeout(timer);
      run();
    }
  };
  return later;
}

/** Does something before the next picture is drawn, once however often it is asked for. */
export function oncePerFrame(action) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        action();
      });
    }
  };
}

/** Waits; an abort ends it as it ends a request. */
export function pause(wait, signal) {
  return new Promise((go, stop) => {
    const timer = setTimeout(go, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      stop(signal.reason);
    });
  });
}
