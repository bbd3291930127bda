package io.jitapproval.core.intercept;

import java.io.Serial;

/**
 * A template met no usable value. Names the template and the path, never a value, and has no cause: the message of a foreign
 * exception may repeat the value.
 */
public final class UnresolvedTemplateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String template;
    private final String path;

    UnresolvedTemplateException(String template, String path) {
        super("The template '" + template + "' met no usable value at '{" + path
                + "}': it needs a String that is not blank, a number, a UUID or an enum");
        this.template = template;
        this.path = path;
    }

    /** The template as it stands in the annotation. */
    public String template() {
        return template;
    }

    /** The path in it that led to nothing, without braces. */
    public String path() {
        return path;
    }
}
