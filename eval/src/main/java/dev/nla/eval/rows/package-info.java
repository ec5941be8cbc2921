/**
 * What is evaluated: rows of a dataset with their neighbours, and descriptions of them under critics, scored. Every evaluation begins here; the
 * suite's controls and the reports know nothing that is not found here.
 */
package dev.nla.eval.rows;
