/**
 * Parts worked on by the executors of an Apache Spark cluster. This process is the driver; it cuts, adds up and updates. What reaches an
 * executor is the bytes of {@code dev.nla.model.workers.apart}, one task a part. No sum is ever left to Spark, which adds in the order in which
 * tasks end. Only this package knows Spark.
 */
package dev.nla.spark;
