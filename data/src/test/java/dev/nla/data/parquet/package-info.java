/** Tests of parquet files. */
package dev.nla.data.parquet;
