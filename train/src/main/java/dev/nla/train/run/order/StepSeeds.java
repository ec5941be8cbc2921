package dev.nla.train.run.order;

/**
 * Seeds that are a pure function of the run's seed, the step and the purpose, so that neither a resume nor one more draw for one purpose
 * changes what another one gets.
 *
 * @param seed the run's
 */
public record StepSeeds(long seed) {
    /** A seed for this step (counted from 0) and purpose, such as {@code "dropout"}. */
    public long at(int stepIndex, String purpose) {
        long mixed = mix(seed);
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed ^ purpose.charAt(i));
        }
        return mix(mixed ^ stepIndex);
    }

    /** The same in the range of engines that take an {@code int}, never negative. */
    public int intAt(int stepIndex, String purpose) {
        return (int) (at(stepIndex, purpose) >>> 33);
    }

    /** Seeds of the parts that this step is cut into. */
    public PartSeeds ofParts(int stepIndex, String purpose) {
        return new PartSeeds(this, stepIndex, purpose);
    }

    /** SplitMix64's step and finalizer (Steele, Lea and Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
