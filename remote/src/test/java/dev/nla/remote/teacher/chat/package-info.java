/** Tests of dev.nla.remote.teacher.chat. */
package dev.nla.remote.teacher.chat;
