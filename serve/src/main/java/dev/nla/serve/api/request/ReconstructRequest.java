package dev.nla.serve.api.request;

import java.util.Optional;

/**
 * A description to turn back into an activation.
 *
 * @param description the words
 * @param against an activation to compare the vector with
 * @param nearest how many of the nearest loaded texts are wanted
 */
public record ReconstructRequest(String description, Optional<Target> against, int nearest) {
    /** Reads a request. */
    public static ReconstructRequest read(Body body, Limits limits) {
        body.only("text", "against", "nearest");
        return new ReconstructRequest(
                limits.text(body, "text"),
                body.object("against")
                        .map(target -> Target.read(target.only(Target.KEYS.toArray(String[]::new)), limits)),
                body.whole("nearest", 0, limits.items()).orElse(0));
    }
}
