package io.jitapproval.core.cases;

import io.jitapproval.core.PolicySources;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files of tests and the policies beside them. */
final class Sources {

    private static final List<String> ENDINGS = List.of(".test.yaml", ".test.yml", ".test.json");
    /** Where Maven and Gradle put what they build. */
    private static final Set<String> BUILT = Set.of("target", "build");

    private Sources() {}

    /** Why something cannot be read, for people. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }

        /** Never null. */
        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The files of tests in a directory and in those below it, sorted; the file itself if it is one. What is hidden does not
     * count, nor what is built: tests are copied there.
     */
    static List<Path> files(Path path) throws Unreadable {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(path, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Tests(path, found));
        } catch (IOException e) {
            throw new Unreadable(why(e));
        }
        Collections.sort(found);
        return found;
    }

    /** Finds the files of tests below a directory. */
    private static final class Tests extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Path> found;

        Tests(Path root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return counts(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (attributes.isRegularFile()
                    && !name.startsWith(".")
                    && ENDINGS.stream().anyMatch(name::endsWith)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (counts(file)) {
                throw e;
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean counts(Path directory) {
            String name = String.valueOf(directory.getFileName());
            return directory.equals(root) || !(name.startsWith(".") || BUILT.contains(name));
        }
    }

    /** One file, in UTF-8; its path is its origin. */
    static PolicyText text(Path file) throws Unreadable {
        if (Files.isDirectory(file)) {
            throw new Unreadable("this is a directory: name a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(TreeReader.LARGEST + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new PolicyText(file.toString(), text);
        } catch (IOException e) {
            throw new Unreadable(why(e));
        }
    }

    /** The documents of a policy: of a file, or of all files in a directory. */
    static List<PolicyText> policy(Path path) throws Unreadable {
        if (!Files.isDirectory(path)) {
            return List.of(text(path));
        }
        try {
            return PolicySources.directory(path).load();
        } catch (IOException e) {
            throw new Unreadable(
                    e.getMessage() == null
                            ? "no policy is in this directory: its names end in .yaml or .json"
                            : why(e));
        } catch (Exception e) {
            throw new Unreadable(why(e));
        }
    }

    private static String why(@Nullable Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file: check the path";
        } else if (e instanceof AccessDeniedException) {
            return "it may not be read: check its permissions";
        } else if (e instanceof CharacterCodingException) {
            return "it is not UTF-8: save it as UTF-8";
        } else if (e instanceof FileSystemLoopException) {
            return "a link leads back to where it is: remove it";
        }
        String message = e == null ? null : e.getMessage();
        return "it cannot be read" + (message == null ? "" : " (" + Words.clean(message, 200) + ")");
    }
}
