package io.jitapproval.core.policy;

/**
 * Stands in place of a value that there is not.
 *
 * @param why       for people, as in "action.amount <i>is missing</i>"
 * @param isMissing whether it is known not to be there, so that {@code ifAbsent} and {@code exists} can speak of it
 */
record Absent(String why, boolean isMissing) {

    /** Neither the request nor a resolver has it. */
    static final Absent MISSING = new Absent("is missing", true);

    /** The path goes through something that is no map. */
    static final Absent NOT_A_MAP = broken("goes through a value that is no map");

    /** The path has a {@code *} where there is no list. */
    static final Absent NOT_A_LIST = broken("has a * where there is no list");

    /** The path has a {@code *}, and an element of the list lacks what stands behind it. */
    static final Absent NOT_IN_EVERY = broken("is not there in every element of its list");

    /** No model of that name is registered, or it does not know. */
    static final Absent NO_MODEL = broken("is said by no model");

    /** An explanation asks for what the decision did not need. */
    static final Absent NOT_NEEDED = broken("was not looked up, since the answer did not need it");

    /** There may be a value, but we do not have it. */
    static Absent broken(String why) {
        return new Absent(why, false);
    }

    /** A resolver threw: its class alone, for the message may hold secrets. */
    static Absent failed(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        return broken("lookup failed: " + (name.isEmpty() ? thrown.getClass().getName() : name));
    }
}
