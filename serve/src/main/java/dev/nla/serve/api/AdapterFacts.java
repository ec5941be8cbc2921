package dev.nla.serve.api;

import java.util.Optional;

/**
 * A verbalizer adapter that is loaded.
 *
 * @param name as requests name it
 * @param stage the training stage that made it, empty where it does not say
 * @param layer the block whose activations it describes, where it says
 * @param rank of its LoRA factors
 */
public record AdapterFacts(String name, String stage, Optional<Integer> layer, int rank) {}
