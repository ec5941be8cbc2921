/** Tests of dev.nla.model.template.library. */
package dev.nla.model.template.library;
