package dev.nla.reward;

import dev.nla.model.InputException;
import dev.nla.model.outside.Provided;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rewards from outside, of which settings name those that count.
 *
 * @param all no two of one name
 */
public record RewardTerms(List<Reward> all) {
    private static final String NONE =
            "names of rewards from outside, of which there is none on the class path: put its jar there (NLA_CLASSPATH)";

    /** The names of those that come along, whose weights have settings of their own. */
    private static final Pattern TAKEN = Pattern.compile(
            "(centered_)?(cosine|info_nce|gap_(max|mean|softmax))|negative_(log_)?mse|format|repetition|length|mixture");

    /**
     * Checks the names.
     *
     * @throws InputException where a reward cannot be told from another in settings and logs
     */
    public RewardTerms {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        for (Reward reward : all) {
            if (!Provided.isName(reward.name())) {
                throw refused(reward, "expected small letters, digits and underscores as its name");
            }
            if (TAKEN.matcher(reward.name()).matches() || !names.add(reward.name())) {
                throw refused(reward, "the name is taken: give it another");
            }
        }
    }

    private static InputException refused(Reward reward, String why) {
        return InputException.data(
                "reward %s of %s: %s", reward.name(), reward.getClass().getName(), why);
    }

    /**
     * Those on the class path.
     *
     * @throws InputException where one of them cannot be made, or is refused
     */
    public static RewardTerms installed() {
        return new RewardTerms(Provided.of(Reward.class, "reward"));
    }

    /**
     * The reward of this name.
     *
     * @throws InputException (usage) where there is none; it tells which there are
     */
    public Reward named(String name) {
        return all.stream()
                .filter(reward -> reward.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "reward_terms names '%s', expected %s", name, all.isEmpty() ? NONE : "one of " + names()));
    }

    private String names() {
        return String.join(", ", all.stream().map(Reward::name).sorted().toList());
    }
}
