package io.jitapproval.core;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The policy documents in a directory. */
final class PolicyFiles {

    private static final int DEEPEST = 8;
    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

    private PolicyFiles() {}

    /** Sorted by path. Links are followed, as orchestrators mount configuration by them. Nothing is passed over in silence. */
    static List<Path> in(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(directory, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return !dir.equals(directory) && isHidden(dir)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isDirectory() && !isHidden(file)) {
                    throw new IOException(file + " is deeper than " + DEEPEST + " directories");
                }
                if (isPolicy(file)) {
                    if (!Files.isRegularFile(file)) {
                        throw new IOException(file + " is no file: a link that leads nowhere?");
                    }
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static boolean isPolicy(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !isHidden(file)
                && ENDINGS.stream().anyMatch(name::endsWith)
                && ENDINGS.stream().noneMatch(ending -> name.endsWith(".test" + ending));
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
