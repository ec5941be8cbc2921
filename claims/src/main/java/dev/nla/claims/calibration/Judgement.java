package dev.nla.claims.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A claim with its probability, and whether it was true.
 *
 * @param slot of the claim
 * @param probability that it is true, from 0 to 1
 * @param right whether it is
 */
public record Judgement(String slot, double probability, boolean right) {
    /** Bins of {@link #calibrationError}. */
    public static final int BINS = 10;

    /** Checks the probability. */
    public Judgement {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(slot + ": the probability is " + probability);
        }
    }

    /**
     * One bar of a reliability diagram.
     *
     * @param claims how many have a probability in it
     * @param probability their mean
     * @param right the share of them that is true
     */
    public record Bin(int claims, double probability, double right) {}

    /** The bins of equal width that have claims in them, by rising probability. */
    public static List<Bin> reliability(Collection<Judgement> judged) {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int here = bin;
            List<Judgement> some = judged.stream()
                    .filter(each -> Math.min(BINS - 1, (int) (each.probability() * BINS)) == here)
                    .toList();
            if (!some.isEmpty()) {
                bins.add(new Bin(some.size(), meanProbability(some), precision(some)));
            }
        }
        return bins;
    }

    /** Expected calibration error: the mean distance of a claim's bin from what its probabilities promised; NaN of no claims. */
    public static double calibrationError(Collection<Judgement> judged) {
        double sum = 0;
        for (Bin bin : reliability(judged)) {
            sum += bin.claims() * Math.abs(bin.probability() - bin.right());
        }
        return sum / judged.size();
    }

    /** Mean square of the probability's distance from the truth, 1 or 0; NaN of no claims. */
    public static double brier(Collection<Judgement> judged) {
        return judged.stream()
                .mapToDouble(each -> Math.pow(each.probability() - (each.right() ? 1 : 0), 2))
                .average()
                .orElse(Double.NaN);
    }

    /** The share that is true; NaN of no claims. */
    public static double precision(Collection<Judgement> judged) {
        return judged.stream().mapToInt(each -> each.right() ? 1 : 0).average().orElse(Double.NaN);
    }

    private static double meanProbability(Collection<Judgement> judged) {
        return judged.stream().mapToDouble(Judgement::probability).average().orElse(Double.NaN);
    }

    /** The chance that a true claim has the higher probability of the two beside a false one, ties half; NaN where either is missing. */
    public static double auroc(Collection<Judgement> judged) {
        List<Judgement> sorted = judged.stream()
                .sorted(Comparator.comparingDouble(Judgement::probability))
                .toList();
        double ranks = 0;
        long right = 0;
        for (int begin = 0; begin < sorted.size(); ) {
            int end = begin;
            while (end < sorted.size()
                    && sorted.get(end).probability() == sorted.get(begin).probability()) {
                end++;
            }
            long tied =
                    sorted.subList(begin, end).stream().filter(Judgement::right).count();
            ranks += tied * (begin + end + 1) / 2.0;
            right += tied;
            begin = end;
        }
        long wrong = sorted.size() - right;
        return (ranks - right * (right + 1) / 2.0) / ((double) right * wrong);
    }

    /** The mean of {@link #auroc} within each slot that has true and false claims, each slot weighed by its pairs; NaN where none has. */
    public static double aurocWithinSlots(Collection<Judgement> judged) {
        double sum = 0;
        double pairs = 0;
        for (String slot : judged.stream().map(Judgement::slot).distinct().toList()) {
            List<Judgement> own =
                    judged.stream().filter(each -> each.slot().equals(slot)).toList();
            double right = own.stream().filter(Judgement::right).count();
            double both = right * (own.size() - right);
            if (both > 0) {
                sum += both * auroc(own);
                pairs += both;
            }
        }
        return sum / pairs;
    }
}
