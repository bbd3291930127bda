package io.jitapproval;

import java.util.Locale;

/** What a grant covers, from narrow to wide. The subject and those who act for it are always part of it. */
public enum GrantScope {
    /** The exact action, resource and bound arguments that were approved. The default. */
    EXACT("this exact call"),
    /** The action on the resource, with any arguments. A call that names no resource is then covered as {@link #EXACT}. */
    RESOURCE("any such call on this resource"),
    /** The action on any resource, with any arguments. */
    ACTION("any such call on any resource");

    private final String text;

    GrantScope(String text) {
        this.text = text;
    }

    /** {@return the word that a policy document uses} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return a short text for people} */
    public String text() {
        return text;
    }
}
