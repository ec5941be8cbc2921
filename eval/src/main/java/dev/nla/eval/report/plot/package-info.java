/**
 * Charts: curves of training runs, rewards against gaps, rows as points. XChart draws them as SVG, the only markup on a page that no template
 * wrote; names and descriptions are never drawn, they stand in the caption.
 */
package dev.nla.eval.report.plot;
