/** Tests of adapter folders. */
package dev.nla.model.adapter;
