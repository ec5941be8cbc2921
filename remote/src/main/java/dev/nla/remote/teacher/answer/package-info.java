/** Answers of a teacher: the file that keeps each of them as it came, and the description that is read from one. */
package dev.nla.remote.teacher.answer;
