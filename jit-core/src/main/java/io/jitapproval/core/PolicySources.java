package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Policy sources that come with the library. */
public final class PolicySources {

    private PolicySources() {}

    /**
     * A file in UTF-8, read when the guard is built.
     *
     * @param file a policy document in JSON or YAML
     * @return the source
     */
    public static PolicySource file(Path file) {
        requireNonNull(file, "file");
        return new Named(file.toString(), () -> Files.readString(file));
    }

    /**
     * A resource of the class path in UTF-8, read when the guard is built.
     *
     * @param loader the class loader that finds it
     * @param name   its name, without a leading slash
     * @return the source
     */
    public static PolicySource classpath(ClassLoader loader, String name) {
        requireNonNull(loader, "loader");
        requireNonNull(name, "name");
        return new Named("classpath:" + name, () -> {
            try (InputStream in = loader.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException(name);
                }
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(in.readAllBytes()))
                        .toString();
            }
        });
    }

    /**
     * A text in the program.
     *
     * @param origin what messages call it
     * @param json   a policy document in JSON or YAML
     * @return the source
     */
    public static PolicySource text(String origin, String json) {
        requireNonNull(origin, "origin");
        requireNonNull(json, "json");
        return new Named(origin, () -> json);
    }

    static ConfigurationProblem unreadable(PolicySource source, Exception failure) {
        String where = source instanceof Named named ? named.origin() : "policy";
        String why;
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            why = "there is no such file: check the path, which is relative to the working directory unless absolute";
        } else if (failure instanceof AccessDeniedException) {
            why = "the file may not be read: check its permissions";
        } else if (failure instanceof CharacterCodingException) {
            why = "the file is not UTF-8: save it as UTF-8";
        } else if (failure instanceof IOException && source instanceof Named) {
            why = "the file cannot be read (" + failure.getMessage() + "): is it a directory?";
        } else {
            why = "the policy source failed with " + failure;
        }
        return new ConfigurationProblem("JIT-C004", where, why);
    }

    private record Named(String origin, Reading reading) implements PolicySource {

        @Override
        public PolicyText load() throws IOException {
            return new PolicyText(origin, reading.read());
        }
    }

    private interface Reading {
        String read() throws IOException;
    }
}
