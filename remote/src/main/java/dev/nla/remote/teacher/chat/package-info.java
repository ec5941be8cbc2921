/** Requests to an OpenAI-compatible endpoint: what is asked, how fast, and what came back. */
package dev.nla.remote.teacher.chat;
