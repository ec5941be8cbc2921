/** What comes over the network: models and adapters from a hub, descriptions from a teacher. */
package dev.nla.remote;
