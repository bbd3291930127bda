package io.jitapproval.core.binding;

/**
 * A value that cannot be frozen: nobody could prove that what was approved is what runs, so the call is denied.
 *
 * <p>Names where the value sits and of which class it is, and never what it is. For the same reason there is no cause:
 * the message of a foreign exception may repeat the value.
 */
public final class UnsupportedArgumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String typeName;
    private final String reason;
    private String path = "";

    UnsupportedArgumentException(String typeName, String reason) {
        super(reason);
        this.typeName = typeName;
        this.reason = reason;
    }

    UnsupportedArgumentException(Class<?> type, String reason) {
        this(type.getTypeName(), reason);
    }

    /** Foreign code (an iterator, a codec, a record's constructor) failed; only the class of its exception is told. */
    static UnsupportedArgumentException failed(Class<?> type, String what, Throwable failure) {
        var refused = new UnsupportedArgumentException(
                type, what + " failed with " + failure.getClass().getName());
        refused.setStackTrace(failure.getStackTrace());
        return refused;
    }

    /**
     * Puts one step in front of the path: a parameter, a component, {@code [index]}; map entries are {@code {}} because
     * a key is data.
     *
     * @return this
     */
    public UnsupportedArgumentException within(String step) {
        boolean joined = path.isEmpty() || path.charAt(0) == '[' || path.charAt(0) == '{';
        path = joined ? step + path : step + "." + path;
        return this;
    }

    /** Where the value sits, as in {@code order.lines[2].when}; empty for the value itself. */
    public String path() {
        return path;
    }

    /** Name of the class that was met. */
    public String typeName() {
        return typeName;
    }

    /** Why it is refused, and what to do about it. */
    public String reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        String where = path.isEmpty() ? "the value" : "'" + path + "'";
        return "Cannot freeze " + where + " of type " + typeName + ": " + reason;
    }
}
