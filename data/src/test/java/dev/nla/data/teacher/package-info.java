/** Tests of dev.nla.data.teacher. */
package dev.nla.data.teacher;
