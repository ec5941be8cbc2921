package dev.nla.model.workers;

import java.io.Serializable;

/**
 * What a process needs to know before it can work on parts.
 *
 * @param model folder of the base model, of the same path wherever there is a worker
 * @param threads that torch computes with in each process: they are part of the result, the number of processes is not
 */
public record WorkerSetup(String model, int threads) implements Serializable {}
