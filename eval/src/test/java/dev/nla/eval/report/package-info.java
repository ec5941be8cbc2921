/** Tests of the report page. */
package dev.nla.eval.report;
