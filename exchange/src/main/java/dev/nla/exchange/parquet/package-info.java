/**
 * Parquet files, read and written by DuckDB, whose native library is loaded by the first use and by nothing else. Nothing here knows what
 * the columns mean.
 */
package dev.nla.exchange.parquet;
