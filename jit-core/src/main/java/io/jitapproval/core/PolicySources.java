package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Policy sources that come with the library. */
public final class PolicySources {

    private PolicySources() {}

    /**
     * A file in UTF-8. The guard looks at it again and again, and takes over a changed one that has no fault.
     *
     * @param file a policy document in JSON or YAML
     * @return the source
     */
    public static PolicySource file(Path file) {
        requireNonNull(file, "file");
        return new Named(file.toString(), true, () -> List.of(read(file)));
    }

    /**
     * All documents in a directory and in those below it, in UTF-8: files whose names end in {@code .json}, {@code .yaml} or
     * {@code .yml}. Left out is what begins with a dot, and test cases, whose names end in {@code .test.yaml}, {@code .test.yml} or
     * {@code .test.json}. Their rules count together; each keeps its file as its origin. One of the documents has to say the
     * {@code default}. The guard looks at the directory again and again, as with a {@linkplain #file file}.
     *
     * @param directory the directory
     * @return the source
     */
    public static PolicySource directory(Path directory) {
        requireNonNull(directory, "directory");
        return new Named(directory.toString(), true, () -> {
            List<PolicyText> documents = new ArrayList<>();
            for (Path file : PolicyFiles.in(directory)) {
                documents.add(read(file));
            }
            if (documents.isEmpty()) {
                throw new NoPolicyFiles();
            }
            return documents;
        });
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
        String origin = "classpath:" + name;
        return new Named(origin, false, () -> {
            try (InputStream in = loader.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException(name);
                }
                return List.of(new PolicyText(origin, utf8(in.readAllBytes())));
            }
        });
    }

    /**
     * A text in the program.
     *
     * @param origin what messages call it; see {@link PolicyText}
     * @param text   a policy document in JSON or YAML
     * @return the source
     */
    public static PolicySource text(String origin, String text) {
        List<PolicyText> documents = List.of(new PolicyText(origin, text));
        return new Named(origin, false, () -> documents);
    }

    /**
     * Several sources as one policy: the rules of all of them count together, and one of the documents has to say the {@code
     * default}. Looked at again and again if one of them is.
     *
     * @param sources the sources; at least one
     * @return the source
     * @throws IllegalArgumentException if there is none
     */
    public static PolicySource together(PolicySource... sources) {
        List<PolicySource> all = List.of(sources);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("sources must not be empty: without a policy nothing can be decided");
        }
        return new Together(all);
    }

    static ConfigurationProblem unreadable(PolicySource source, Throwable thrown) {
        Throwable failure = thrown instanceof PartFailed part ? part.failure : thrown;
        PolicySource failed = thrown instanceof PartFailed part ? part.source : source;
        String where = failed instanceof Named named ? named.origin() : "policy";
        String why;
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            why = "there is no such file: check the path, which is relative to the working directory unless absolute";
        } else if (failure instanceof NoPolicyFiles) {
            why = "there is no policy in this directory: put a file there whose name ends in .yaml, .yml or .json";
        } else if (failure instanceof AccessDeniedException) {
            why = "the file may not be read: check its permissions";
        } else if (failure instanceof CharacterCodingException) {
            why = "the file is not UTF-8: save it as UTF-8";
        } else if (failure instanceof FileSystemLoopException) {
            why = "a link leads back to where it is: remove " + failure.getMessage();
        } else if (failure instanceof IsDirectory) {
            why = "this is a directory: read it with PolicySources.directory";
        } else if (failure instanceof IOException && failed instanceof Named) {
            why = "it cannot be read (" + failure.getMessage() + ")";
        } else {
            why = "the policy source failed with " + failure;
        }
        return new ConfigurationProblem("JIT-C004", where, why);
    }

    /** Strict: a byte that is not UTF-8 must not become another character of a rule. */
    private static PolicyText read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IsDirectory();
        }
        return new PolicyText(file.toString(), utf8(Files.readAllBytes(file)));
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private record Named(String origin, boolean mayChange, Reading reading) implements PolicySource {

        @Override
        public List<PolicyText> load() throws IOException {
            return reading.read();
        }
    }

    private record Together(List<PolicySource> sources) implements PolicySource {

        @Override
        public List<PolicyText> load() throws PartFailed {
            List<PolicyText> documents = new ArrayList<>();
            for (PolicySource source : sources) {
                try {
                    documents.addAll(source.load());
                } catch (PartFailed e) {
                    throw e;
                } catch (Exception e) {
                    throw new PartFailed(source, e);
                }
            }
            return documents;
        }

        @Override
        public boolean mayChange() {
            return sources.stream().anyMatch(PolicySource::mayChange);
        }
    }

    private interface Reading {
        List<PolicyText> read() throws IOException;
    }

    private static final class IsDirectory extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class NoPolicyFiles extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Which of several sources failed. */
    private static final class PartFailed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient PolicySource source;
        private final transient Exception failure;

        PartFailed(PolicySource source, Exception failure) {
            super(failure);
            this.source = source;
            this.failure = failure;
        }
    }
}
