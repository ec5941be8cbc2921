/** The one thread that owns the model, its queue, and what may be queued. Knows nothing of what the work is. */
package dev.nla.serve.engine.work;
