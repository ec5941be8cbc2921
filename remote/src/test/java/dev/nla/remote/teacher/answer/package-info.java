/** Tests of dev.nla.remote.teacher.answer. */
package dev.nla.remote.teacher.answer;
