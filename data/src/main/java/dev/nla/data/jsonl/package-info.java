/** Files with one JSON object a line: read with file and line in every error, written line by line. */
package dev.nla.data.jsonl;
