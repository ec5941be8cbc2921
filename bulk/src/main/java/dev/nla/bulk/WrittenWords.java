package dev.nla.bulk;

import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.model.verbalizer.ScoredDescription;
import java.util.List;
import java.util.Optional;

/**
 * An activation in an adapter's words.
 *
 * @param descriptions the best first
 * @param claims of the greedy or searched description with their probabilities, where they were asked for and are known
 * @param warnings what makes the words less trustworthy
 */
public record WrittenWords(
        List<ScoredDescription> descriptions, Optional<ConfidentReading> claims, List<String> warnings) {}
