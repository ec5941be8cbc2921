/** Tests of files with one JSON object a line. */
package dev.nla.data.jsonl;
