/** Tests of dev.nla.data.hub. */
package dev.nla.data.hub;
