/**
 * Datasets of other projects, made into ours and back: kitft's parquet files with their sidecars, and nla-at-home's torch files with
 * descriptions as JSON. One class reads and one writes each format; {@link dev.nla.exchange.DatasetImport} makes the dataset.
 */
package dev.nla.exchange;
