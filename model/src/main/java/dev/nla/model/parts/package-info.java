/**
 * Work on parts that training, evaluations and bulk descriptions have in common: descriptions are written ({@link
 * dev.nla.model.parts.WriteDescriptions}), read back as vectors ({@link dev.nla.model.parts.ReadTexts}) and scored ({@link
 * dev.nla.model.parts.TokenLogProbabilities}). How a whole is cut is decided by what is to be done alone, so that neither who works on a part nor
 * when changes a digit.
 */
package dev.nla.model.parts;
