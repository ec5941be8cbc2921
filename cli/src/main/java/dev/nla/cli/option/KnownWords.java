package dev.nla.cli.option;

import dev.nla.data.dataset.Split;
import dev.nla.data.extract.source.WeightsKept;
import dev.nla.eval.describe.Condition;
import dev.nla.exchange.KitftStage;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.PublishedSidecars;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.train.config.Stage;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The words that options which are one of few, or one of those or a file, can be: what the completion script offers. */
public abstract class KnownWords implements Iterable<String> {
    private final Supplier<Stream<String>> words;

    private KnownWords(Supplier<Stream<String>> words) {
        this.words = words;
    }

    private KnownWords(String... words) {
        this(() -> Stream.of(words));
    }

    @Override
    public Iterator<String> iterator() {
        return words.get().iterator();
    }

    /** Stages of training. */
    public static final class Stages extends KnownWords {
        Stages() {
            super(() -> Stream.of(Stage.values()).map(Stage::text));
        }
    }

    /** Number types that a model computes in. */
    public static final class ComputeTypes extends KnownWords {
        ComputeTypes() {
            super(() -> Stream.concat(
                    Stream.of("auto"), Stream.of(ComputeType.values()).map(ComputeType::text)));
        }
    }

    /** Number types that weights are written in. */
    public static final class WeightTypes extends KnownWords {
        WeightTypes() {
            super("float32", "float16", "bfloat16");
        }
    }

    /** How a model that reads texts keeps its weights. */
    public static final class KeptWeights extends KnownWords {
        KeptWeights() {
            super(() -> Stream.of(WeightsKept.values()).map(WeightsKept::label));
        }
    }

    /** Where torch computes. */
    public static final class Devices extends KnownWords {
        Devices() {
            super("auto", "cpu", "cuda");
        }
    }

    /** Splits of a dataset. */
    public static final class Splits extends KnownWords {
        Splits() {
            super(() -> Stream.of(Split.values()).map(Split::label));
        }
    }

    /** How a text is put before a model. */
    public static final class PromptStyles extends KnownWords {
        PromptStyles() {
            super("chat", "raw");
        }
    }

    /** At which tokens activations are taken. */
    public static final class Positions extends KnownWords {
        Positions() {
            super("last", "all", "sample:1");
        }
    }

    /** Kinds of repositories. */
    public static final class RepoTypes extends KnownWords {
        RepoTypes() {
            super("model", "dataset");
        }
    }

    /** Formats of other projects. */
    public static final class Formats extends KnownWords {
        Formats() {
            super("kitft", "nla-at-home");
        }
    }

    /** Files of kitft's. */
    public static final class KitftStages extends KnownWords {
        KitftStages() {
            super(() -> Stream.of(KitftStage.values()).map(KitftStage::label));
        }
    }

    /** What descriptions have to be. */
    public static final class DescriptionForms extends KnownWords {
        DescriptionForms() {
            super("bullets", "any");
        }
    }

    /** Among which rows neighbours are looked for. */
    public static final class Among extends KnownWords {
        Among() {
            super("split", "all");
        }
    }

    /** What an adapter is for. */
    public static final class Roles extends KnownWords {
        Roles() {
            super(() -> Stream.of(Role.values()).map(Role::written));
        }
    }

    /** What is subtracted from activations. */
    public static final class Centers extends KnownWords {
        Centers() {
            super(() -> Stream.of(InjectionCenter.values()).map(InjectionCenter::written));
        }
    }

    /** Where a vector is read. */
    public static final class Readouts extends KnownWords {
        Readouts() {
            super(() -> Stream.of(Readout.values()).map(Readout::written));
        }
    }

    /** Adapters whose sidecars come with nla. */
    public static final class Conventions extends KnownWords {
        Conventions() {
            super(PublishedSidecars.NAMES::stream);
        }
    }

    /** Controls of a suite. */
    public static final class Controls extends KnownWords {
        Controls() {
            super(() -> Stream.concat(
                    Stream.of("all", "none"),
                    Stream.of(Condition.values())
                            .filter(condition -> condition != Condition.REAL)
                            .map(Condition::key)));
        }
    }

    /** How policy optimization is measured. */
    public static final class BenchStyles extends KnownWords {
        BenchStyles() {
            super("batched", "sequential");
        }
    }

    /** Where a run goes on, beside folders. */
    public static final class Resumes extends KnownWords {
        Resumes() {
            super("auto");
        }
    }
}
