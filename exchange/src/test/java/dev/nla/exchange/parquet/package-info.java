/** Tests of parquet files. */
package dev.nla.exchange.parquet;
