/** What others bring along on the class path: metrics and rewards that are found there by their interface. */
package dev.nla.model.outside;
