package dev.nla.model.gap;

/** Where vectors are looked at from when their cosine is taken. */
public enum Form {
    /** From the origin: plain cosine, the rule behind the published values. */
    LEGACY("legacy"),
    /** From the mean activation, which is subtracted from targets, negatives and reconstructions first. */
    CENTERED("centered");

    private final String key;

    Form(String key) {
        this.key = key;
    }

    /** The name in reports and tensor files. */
    public String key() {
        return key;
    }
}
