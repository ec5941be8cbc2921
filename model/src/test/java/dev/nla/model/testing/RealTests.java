package dev.nla.model.testing;

import org.junit.jupiter.api.Assumptions;

/**
 * What tests may need beyond the checkout: real models and texts, or Python peers. Such tests bear the tag {@code real} or {@code peers} and
 * run under the Maven profile {@code real}, where nothing they need may be missing. Outside Maven they are skipped where it is.
 */
final class RealTests {
    private RealTests() {}

    static void need(String what, boolean there) {
        switch (System.getProperty("nla.tests", "")) {
            case "plain" ->
                throw new IllegalStateException(
                        "a test of the plain profile asks for " + what + ": give it the tag real or peers");
            case "real" -> {
                if (!there) {
                    throw new IllegalStateException(
                            "the profile real needs " + what + ", see docs/how-to/prove-parity.md");
                }
            }
            default -> Assumptions.assumeTrue(there, () -> "skipped: needs " + what);
        }
    }
}
