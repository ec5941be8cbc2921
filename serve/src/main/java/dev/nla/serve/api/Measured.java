package dev.nla.serve.api;

import java.util.List;

/**
 * A description's round trip.
 *
 * @param roundTrip how near its reconstruction comes
 * @param warnings what makes that less trustworthy
 */
public record Measured(RoundTrip roundTrip, List<String> warnings) {}
