/**
 * Answers requests with a model: one thread owns it, takes what was queued of one kind together, and runs it as a batch. Knows nothing of
 * HTTP; {@link dev.nla.serve.engine.Engine} is all that the server sees.
 */
package dev.nla.serve.engine;
