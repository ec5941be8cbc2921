/**
 * Statistics for rows that come in groups: several rows of one document resemble each other, so intervals and tests here draw or flip whole
 * documents. Also the correction for asking many questions at once, and what ranks say about a choice among few. Knows nothing of
 * descriptions, models or files. Computes; prints nothing.
 */
package dev.nla.model.stats;
