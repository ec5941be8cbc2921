package dev.nla.model.workers.apart;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkerSetup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A process that works for another: it holds the base model, its tokenizer and adapters, each opened when work first names it and kept. Parts
 * are worked on one at a time.
 */
public final class WorkerProcess implements AutoCloseable {
    private final Path model;
    private final Device device;
    private final NDManager manager;
    private final WorkerFacts facts;
    private final Map<Stand.ForDecoder, Decoder> decoders = new HashMap<>();
    private final Map<Integer, HeldAdapter> adapters = new HashMap<>();
    private Tokenizer tokenizer;

    private record HeldAdapter(LoraAdapter adapter, long version) {}

    /**
     * Has torch compute with the threads asked for; nothing is read yet.
     *
     * @param name of this process, for people
     */
    public WorkerProcess(String name, WorkerSetup setup, Device device) {
        TorchRuntime.useThreads(setup.threads());
        this.model = Path.of(setup.model());
        this.device = device;
        this.manager = TorchRuntime.newManager(device);
        this.facts = WorkerFacts.here(name, device);
    }

    /**
     * Works on a part.
     *
     * @param work as {@link Packing#work} packs it
     * @param part as {@link Packing#part} packs it
     * @param weights of the adapters that the work names, by their numbers, as they are for this work
     * @return what {@link Packing#answer} reads
     */
    public synchronized byte[] on(byte[] work, byte[] part, IntFunction<AdapterWeights> weights) {
        TorchRuntime.recordNothing();
        return CarriedOutput.bytes(new Answer(value(work, part, weights), facts), adapter -> {
            throw new IllegalArgumentException("answers bring no adapter along");
        });
    }

    /** What was given is wrong, as the work says: it would be wrong wherever it is tried again, so that is the answer. */
    private Object value(byte[] work, byte[] part, IntFunction<AdapterWeights> weights) {
        try {
            CarriedInput.Holder holder = named -> held(named, weights);
            @SuppressWarnings("unchecked") // whoever packs both gives a work the parts that are its own
            PartWork<Object, Object> opened = (PartWork<Object, Object>) CarriedInput.value(work, holder);
            return opened.on(CarriedInput.value(part, holder));
        } catch (InputException refused) {
            return refused;
        }
    }

    private Object held(Stand named, IntFunction<AdapterWeights> weights) {
        if (named instanceof Stand.ForDecoder base) {
            return decoders.computeIfAbsent(base, asked -> Decoder.load(model, base.type(), device, base.base()));
        }
        if (named instanceof Stand.ForAdapter adapter) {
            return adapter(adapter, weights.apply(adapter.number()));
        }
        if (named instanceof Stand.ForDevice) {
            return device;
        }
        if (tokenizer == null) {
            tokenizer = Tokenizer.open(model);
        }
        return tokenizer;
    }

    private LoraAdapter adapter(Stand.ForAdapter named, AdapterWeights weights) {
        HeldAdapter held = adapters.get(named.number());
        LoraAdapter adapter = held == null ? made(named, weights) : held.adapter();
        if (held == null || held.version() != weights.version()) {
            adapter.set(weights.values());
            adapters.put(named.number(), new HeldAdapter(adapter, weights.version()));
        }
        return adapter;
    }

    private LoraAdapter made(Stand.ForAdapter named, AdapterWeights weights) {
        LoraAdapter adapter =
                LoraAdapter.of(manager, ModelConfig.read(model), named.spec(), named.valueHead(), weights.values());
        adapter.requireGradient(named.learns());
        return adapter;
    }

    @Override
    public void close() {
        adapters.values().forEach(held -> held.adapter().close());
        decoders.values().forEach(Decoder::close);
        if (tokenizer != null) {
            tokenizer.close();
        }
        manager.close();
    }
}
