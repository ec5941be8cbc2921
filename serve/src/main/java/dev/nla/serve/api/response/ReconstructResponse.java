package dev.nla.serve.api.response;

import java.util.List;
import java.util.Optional;

/**
 * A description as a vector.
 *
 * @param layer the block it imitates
 * @param vector {@code [d]}
 * @param cosine with the activation it was to be compared with, where there was one
 * @param roundTrip the same beside the loaded activations, where there are some
 * @param nearest loaded texts near the vector, as many as were asked for
 * @param warnings what makes the comparison less trustworthy
 */
public record ReconstructResponse(
        int layer,
        float[] vector,
        Optional<Double> cosine,
        Optional<RoundTrip> roundTrip,
        List<NearText> nearest,
        List<String> warnings) {}
