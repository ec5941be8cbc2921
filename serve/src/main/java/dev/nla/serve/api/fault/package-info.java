/** What a request may fail of. */
package dev.nla.serve.api.fault;
