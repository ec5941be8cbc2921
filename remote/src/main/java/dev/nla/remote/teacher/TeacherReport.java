package dev.nla.remote.teacher;

import dev.nla.remote.teacher.chat.TokenUsage;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param descriptions by id of the text, for those that have one
 * @param refused why the last answer cannot be read, by id, for texts that have all the answers they get
 * @param failed what happened the last time, by id, for texts that were not answered
 * @param kept how many texts were answered before this run, or by the answer to an equal text
 * @param requests sent in this run, repeated ones among them
 * @param repeated requests of this run that were made again after a failure
 * @param uncounted answers to these texts whose tokens the endpoint did not count
 * @param usage tokens of this run
 * @param usageOfAll tokens of all answers to these texts, those of earlier runs among them
 */
public record TeacherReport(
        Map<String, String> descriptions,
        Map<String, String> refused,
        Map<String, String> failed,
        int kept,
        int requests,
        int repeated,
        int uncounted,
        TokenUsage usage,
        TokenUsage usageOfAll) {
    /** How many texts there were. */
    public int texts() {
        return descriptions.size() + refused.size() + failed.size();
    }
}
