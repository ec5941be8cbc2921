package dev.nla.model.workers.apart;

import dev.nla.model.workers.WorkerFacts;

/**
 * What came back for a part.
 *
 * @param value the answer, or the {@link dev.nla.model.InputException} that says why there is none
 * @param by what it was computed on
 */
public record Answer(Object value, WorkerFacts by) {}
