package dev.nla.claims.search;

import dev.nla.claims.grammar.ClaimedDescription;

/**
 * What a search came to.
 *
 * @param description the best one found; the greedy one where no change was better
 * @param greedyNearness of the greedy description's reconstruction to the activation
 * @param nearness of this one's
 * @param heard how many texts were compared, by what the critic hears of them
 */
public record SearchedDescription(ClaimedDescription description, double greedyNearness, double nearness, int heard) {}
