/** Requests as values: what a body of JSON may ask for, read and checked. */
package dev.nla.serve.api.request;
