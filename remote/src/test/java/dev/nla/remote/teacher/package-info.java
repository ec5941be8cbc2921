/** Tests of dev.nla.remote.teacher. */
package dev.nla.remote.teacher;
