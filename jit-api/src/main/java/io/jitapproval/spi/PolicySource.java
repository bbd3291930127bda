package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Where policy documents come from. */
@FunctionalInterface
public interface PolicySource {

    /**
     * Reads the documents as they are now.
     *
     * <p><b>Threads:</b> called by the thread that builds the guard; if the source {@linkplain #mayChange may change}, later
     * by a thread of the guard's own, never twice at the same time. <b>Blocking:</b> may block. <b>Throwing:</b> anything thrown stops
     * the start; later, the guard keeps the policy that it has and says so. <b>Twice:</b> must return equal documents while
     * the policy is the same: what differs at every look is never taken over.
     *
     * @return the documents; at least one. Rules of all of them count together
     * @throws Exception if they cannot be read
     */
    List<PolicyText> load() throws Exception;

    /**
     * Whether the documents may change while the guard runs, so that it looks at them again and again.
     *
     * @return by default false
     */
    default boolean mayChange() {
        return false;
    }

    /**
     * A policy document as text.
     *
     * <p>An origin that ends in {@code .json}, {@code .yaml} or {@code .yml} says what the text is. Else a text that begins
     * with an opening brace is JSON, and any other is YAML.
     *
     * @param origin where it came from, for messages: a file name for instance
     * @param text   the document, in JSON or YAML
     */
    record PolicyText(String origin, String text) {

        /**
         * Checks that both are there.
         *
         * @param origin as above
         * @param text   as above
         */
        public PolicyText {
            requireNonNull(origin, "origin");
            requireNonNull(text, "text");
        }
    }
}
