package dev.nla.remote.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after what time something is tried again.
 *
 * @param attempts attempts in all, at least 1
 * @param first the pause after the first failure; it doubles with each further one
 * @param longest no pause of ours is longer
 * @param patience a server that asks for a longer pause than this is given up
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, Duration patience) {
    /** Six attempts over about half a minute; servers may ask for up to ten minutes. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(10));

    /** Checks the numbers. */
    public RetryPolicy {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(attempts + " attempts, pauses from " + first + " to " + longest);
        }
    }

    /**
     * The pause after failure number {@code failure}, from 1: doubled each time up to {@link #longest}, of which between a half and the
     * whole is drawn, so that many clients do not come back at once.
     */
    Duration pause(int failure, RandomGenerator random) {
        long whole = longest.toMillis();
        if (failure <= 30) {
            whole = Math.min(whole, first.toMillis() << (failure - 1));
        }
        return Duration.ofMillis(whole / 2 + random.nextLong(whole - whole / 2 + 1));
    }
}
