package dev.nla.remote.hub;

import dev.nla.model.InputException;
import dev.nla.remote.http.AnswerHeaders;
import dev.nla.remote.http.TransientException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Locale;

/**
 * What the hub's refusals mean. It says more in {@code X-Error-Code} than in the status: a repository that is not there and one that may
 * not be seen both get 401.
 *
 * @param repo what was asked for
 * @param authorized whether a token was sent
 */
record HubErrors(Repo repo, boolean authorized) {
    /**
     * Throws what an answer means that is neither a success nor a redirect.
     *
     * @param what the file or the listing that was asked for
     */
    void check(HttpResponse<?> response, String what, Clock clock) throws TransientException {
        int status = response.statusCode();
        if (status < 400) {
            return;
        }
        if (AnswerHeaders.isTransient(status)) {
            throw new TransientException(
                    repo + ": the endpoint answers " + status + " for " + what,
                    AnswerHeaders.retryAfter(response, clock));
        }
        throw InputException.data("%s", repo + ": " + meaning(response, status, what));
    }

    private String meaning(HttpResponse<?> response, int status, String what) {
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        if (code.equals("GatedRepo")) {
            return authorized
                    ? "is gated, and the account of this token has not been let in: ask for access on its page"
                    : "is gated: ask for access on its page, then set HF_TOKEN";
        }
        if (code.equals("RevisionNotFound")) {
            return "there is no revision " + repo.revision();
        }
        if (code.equals("EntryNotFound")) {
            return "there is no file " + what;
        }
        if (code.equals("RepoNotFound") || status == 401 || status == 404) {
            return "there is no such " + repo.type().name().toLowerCase(Locale.ROOT) + " here, or it is private ("
                    + status + "): check the name"
                    + (authorized ? " and what the token may see" : ", or set HF_TOKEN if it is yours");
        }
        String said = response.headers().firstValue("X-Error-Message").orElse("");
        return "the endpoint refuses " + what + " with " + status + (said.isEmpty() ? "" : ": " + said)
                + (status == 403 ? ": check what the token may do" : "");
    }
}
