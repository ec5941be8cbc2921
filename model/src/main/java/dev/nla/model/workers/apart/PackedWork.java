package dev.nla.model.workers.apart;

import dev.nla.model.lora.LoraAdapter;
import java.util.Map;

/**
 * Work ready to travel.
 *
 * @param bytes the work, which names adapters by numbers
 * @param adapters those it names, whose weights have to be there when it is done
 */
public record PackedWork(byte[] bytes, Map<Integer, LoraAdapter> adapters) {}
