/** Answers as values, before they are JSON, and what is heard while one is written. */
package dev.nla.serve.api.response;
