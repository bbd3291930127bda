package io.jitapproval.core.guard;

/**
 * What a caller wants of the request that its call may need.
 *
 * @param key    the caller's own key for it; empty for none
 * @param bundle the bundle that it belongs to, and its place there; empty for none
 * @param replay the call as it is kept to run on approval; empty if it is not
 */
record Wishes(String key, String bundle, String replay) {

    static final Wishes NONE = new Wishes("", "", "");

    Wishes withReplay(String kept) {
        return new Wishes(key, bundle, kept);
    }

    @Override
    public String toString() {
        return "wishes";
    }
}
