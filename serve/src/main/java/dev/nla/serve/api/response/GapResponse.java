package dev.nla.serve.api.response;

import java.util.List;

/**
 * A description's round trip.
 *
 * @param roundTrip how near its reconstruction comes
 * @param warnings what makes that less trustworthy
 */
public record GapResponse(RoundTrip roundTrip, List<String> warnings) {}
