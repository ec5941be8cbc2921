/**
 * A made-up world of short scenes in which the truth of every claim is known: scenes draw facts, texts say them in many ways, a teacher
 * describes them imperfectly. What can be true and how it is said stands in {@code scenes.yaml} beside these classes.
 */
package dev.nla.data.world;
