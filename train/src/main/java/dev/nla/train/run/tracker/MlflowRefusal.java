package dev.nla.train.run.tracker;

/** MLflow's server could not be reached, or did not do what it was asked. */
final class MlflowRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;
    private final String code;

    /**
     * A refusal.
     *
     * @param message one line, without the server's address
     * @param lasting whether asking again would end the same
     * @param code the server's own name of the error, or empty
     */
    MlflowRefusal(String message, boolean lasting, String code) {
        super(message);
        this.lasting = lasting;
        this.code = code;
    }

    boolean lasting() {
        return lasting;
    }

    boolean is(String error) {
        return code.equals(error);
    }
}
