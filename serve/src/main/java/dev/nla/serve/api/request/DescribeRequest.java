package dev.nla.serve.api.request;

import dev.nla.model.generation.Sampling;
import dev.nla.serve.api.fault.RequestException;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An activation to put into words.
 *
 * @param adapter the verbalizer's name
 * @param target the activation
 * @param layer the block it is of; empty for the adapter's own
 * @param samples descriptions
 * @param sampling how they are written
 * @param seed of the sampling
 * @param nearest how many of the nearest loaded texts are wanted
 * @param scored whether the descriptions are to go through the reconstructor, where there is one
 * @param confidence whether it is to be said of each claim of the description how likely it is true
 * @param search whether claims of samples are to be tried in it, where the calibration found that it makes descriptions truer
 */
public record DescribeRequest(
        String adapter,
        Target target,
        OptionalInt layer,
        int samples,
        Sampling sampling,
        long seed,
        int nearest,
        boolean scored,
        boolean confidence,
        boolean search) {
    /** Reads a request for one activation. */
    public static DescribeRequest read(Body body, Limits limits) {
        onlyKnown(body);
        return read(body, limits, Target.read(body, limits));
    }

    private static void onlyKnown(Body body) {
        body.only(Stream.of(
                        Target.KEYS.stream(),
                        DescribeRowsRequest.KEYS.stream(),
                        Stream.of(
                                "adapter",
                                "layer",
                                "samples",
                                "temperature",
                                "top_p",
                                "top_k",
                                "max_new_tokens",
                                "seed",
                                "nearest",
                                "scores",
                                "confidence",
                                "search",
                                "stream"))
                .flatMap(keys -> keys)
                .toArray(String[]::new));
    }

    /** Reads what is asked of an activation that is known. */
    static DescribeRequest read(Body body, Limits limits, Target target) {
        onlyKnown(body);
        Sampling sampling = new Sampling(
                body.real("temperature", 0, 100).orElse(0.0).floatValue(),
                body.whole("top_k", 0, Integer.MAX_VALUE).orElse(0),
                body.real("top_p", Float.MIN_VALUE, 1).orElse(1.0).floatValue(),
                body.whole("max_new_tokens", 1, limits.maxNewTokens()).orElse(Math.min(256, limits.maxNewTokens())));
        int samples = body.whole("samples", 1, limits.samples()).orElse(1);
        boolean confidence = body.flag("confidence");
        boolean search = body.flag("search");
        if (confidence && (samples > 1 || sampling.temperature() > 0)) {
            throw RequestException.invalid(
                    "confidence",
                    "judges the greedy description and draws its own samples: leave out samples and temperature");
        }
        if (search && !confidence) {
            throw RequestException.invalid("search", "goes by what confidence measures: ask for confidence, too");
        }
        return new DescribeRequest(
                body.requiredText("adapter"),
                target,
                body.whole("layer", 0, limits.layers() - 1),
                samples,
                sampling,
                body.number("seed").orElse(0L),
                body.whole("nearest", 0, limits.items()).orElse(0),
                !body.has("scores") || body.flag("scores"),
                confidence,
                search);
    }

    /** The same of another activation. */
    DescribeRequest of(Target other) {
        return new DescribeRequest(adapter, other, layer, samples, sampling, seed, nearest, scored, confidence, search);
    }
}
