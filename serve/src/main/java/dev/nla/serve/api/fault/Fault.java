package dev.nla.serve.api.fault;

/** What a request may fail of, with the status code of HTTP and the word that programs read. */
public enum Fault {
    INVALID_REQUEST(400, "invalid_request"),
    UNAUTHORIZED(401, "unauthorized"),
    FORBIDDEN(403, "forbidden"),
    NOT_FOUND(404, "not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    TOO_SLOW(408, "too_slow"),
    CONFLICT(409, "conflict"),
    TOO_LARGE(413, "too_large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type"),
    QUEUE_FULL(429, "queue_full"),
    INTERNAL(500, "internal"),
    STOPPING(503, "stopping"),
    TIMEOUT(504, "timeout");

    private final int status;
    private final String type;

    Fault(int status, String type) {
        this.status = status;
        this.type = type;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The {@code type} of the answer's error. */
    public String type() {
        return type;
    }
}
