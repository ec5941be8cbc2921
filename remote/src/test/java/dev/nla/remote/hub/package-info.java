/** Tests of dev.nla.remote.hub. */
package dev.nla.remote.hub;
