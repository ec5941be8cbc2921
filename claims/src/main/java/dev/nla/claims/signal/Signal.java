package dev.nla.claims.signal;

/** What speaks for a claim. Each is larger where the claim is likelier true. */
public enum Signal {
    /** Log odds of the share of sampled descriptions that state it. */
    FREQ("freq"),
    /** Log-probability of what stands in its line before its value, given the activation. In nats. */
    LP_LINE("lp_line"),
    /** Log-probability of its value, given the activation and what stands before it. In nats. */
    LP_VALUE("lp_value"),
    /** How much nearer the activation its description comes with it than without it, in centred cosine. */
    LOO("loo"),
    /** How much nearer its description comes with it than with the best other value that samples give its slot, in centred cosine. */
    SWAP("swap"),
    /** The centred cosine of the claim by itself. */
    ALONE("alone"),
    /** 1 where the greedy description states it, 0 where samples alone do. */
    GREEDY("greedy");

    private final String key;

    Signal(String key) {
        this.key = key;
    }

    /** The name in files. */
    public String key() {
        return key;
    }

    /**
     * Log odds of a claim that {@code stated} of {@code samples} descriptions state, half a description added on either side so that all and
     * none of them are finite.
     */
    public static double frequency(int stated, int samples) {
        if (stated < 0 || stated > samples) {
            throw new IllegalArgumentException(stated + " of " + samples + " samples");
        }
        return Math.log((stated + 0.5) / (samples - stated + 0.5));
    }
}
