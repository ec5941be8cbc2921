// Goes on with work that the server was lost in.

import { passing } from "./message.js";
import { pause } from "./timing.js";

/** How long a lost server has before it is asked again without being told to, in milliseconds. */
const WAIT = 3000;

/** Does work, and where the server is lost does it once more by itself, anew each time that `done` has got further. `lost` is told before. */
export async function persistently(work, done, lost, signal) {
  for (let reached = -1; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!passing(error) || done() === reached) {
        throw error;
      }
      reached = done();
      lost(error);
      await pause(WAIT, signal);
    }
  }
}
