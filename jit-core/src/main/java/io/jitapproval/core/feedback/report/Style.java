package io.jitapproval.core.feedback.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheet of a page, and the policy that lets a browser use it and nothing else. */
record Style(String text) {

    private static final String FILE = "report.css";

    static Style read() {
        try (InputStream in = requireNonNull(Style.class.getResourceAsStream(FILE), FILE)) {
            return new Style(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** Content Security Policy, level 3: no script, no request, this style sheet by its digest, and pictures that the page carries. */
    String policy() {
        return "default-src 'none'; style-src 'sha256-" + digest()
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private String digest() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
