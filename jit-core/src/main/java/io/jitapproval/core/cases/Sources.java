package io.jitapproval.core.cases;

import io.jitapproval.core.PolicySources;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads files of tests and the policies beside them. */
final class Sources {

    private static final List<String> ENDINGS = List.of(".test.yaml", ".test.yml", ".test.json");

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

    /** The files of tests in a directory and in those below it, but for hidden ones, sorted; the file itself if it is one. */
    static List<Path> files(Path path) throws Unreadable {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> isTest(path.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Unreadable(why(e));
        } catch (UncheckedIOException e) {
            throw new Unreadable(why(e.getCause()));
        }
    }

    private static boolean isTest(Path file) {
        String name = String.valueOf(file.getFileName());
        return ENDINGS.stream().anyMatch(name::endsWith)
                && StreamSupport.stream(file.spliterator(), false)
                        .noneMatch(part -> part.toString().startsWith("."));
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
