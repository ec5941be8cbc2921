/**
 * Texts, activation datasets, their splits and neighbours, and the extraction that makes a dataset out of texts and a model.
 * Nothing here trains or scores.
 */
package dev.nla.data;
