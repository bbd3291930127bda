package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the requester has to say when people are asked, such as a reason or a ticket, and in which form.
 *
 * @param required whether something has to be said; always true where there are forms
 * @param forms    the forms that it must have, all of them; may be empty
 */
public record Demand(boolean required, Set<Form> forms) {

    /** Nothing has to be said. */
    public static final Demand OPTIONAL = new Demand(false, Set.of());

    /** Something has to be said, in any form. */
    public static final Demand REQUIRED = new Demand(true, Set.of());

    /**
     * A form that a text must have.
     *
     * @param pattern a regular expression in the syntax of RE2, which must fit the text as a whole; not blank
     * @param hint    what to write, for people; not blank
     */
    public record Form(String pattern, String hint) implements Comparable<Form> {

        /**
         * Checks the texts. Whether the pattern can be read is tested when a policy is read.
         *
         * @param pattern as above
         * @param hint    as above
         * @throws IllegalArgumentException if one is blank
         */
        public Form {
            Text.requireNotBlank(pattern, "pattern");
            Text.requireNotBlank(hint, "hint");
        }

        @Override
        public int compareTo(Form other) {
            int byPattern = pattern.compareTo(other.pattern);
            return byPattern != 0 ? byPattern : hint.compareTo(other.hint);
        }
    }

    /**
     * Copies the forms in their own order; where there are any, something has to be said.
     *
     * @param required as above
     * @param forms    as above
     */
    public Demand {
        forms = Collections.unmodifiableSet(new TreeSet<>(requireNonNull(forms, "forms")));
        required |= !forms.isEmpty();
    }

    /**
     * Both demands together.
     *
     * @param other the other demand
     * @return a demand that is met only when both are
     */
    public Demand merge(Demand other) {
        Set<Form> all = new TreeSet<>(forms);
        all.addAll(other.forms);
        return new Demand(required || other.required, all);
    }
}
