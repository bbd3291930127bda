package io.jitapproval.spi;

import static java.util.Objects.requireNonNull;

/** Where a policy document comes from. */
@FunctionalInterface
public interface PolicySource {

    /**
     * Reads the document.
     *
     * <p><b>Threads:</b> called once, by the thread that builds the guard. <b>Blocking:</b> may block. <b>Throwing:</b> anything
     * thrown stops the start.
     *
     * @return the document's text
     * @throws Exception if it cannot be read
     */
    PolicyText load() throws Exception;

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
