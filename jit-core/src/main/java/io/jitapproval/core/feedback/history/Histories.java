package io.jitapproval.core.feedback.history;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Histories in files, whatever they are: decisions in lines of JSON, our own audit log, or directories of both. */
public final class Histories {

    private static final String LINES = ".jsonl";

    private Histories() {}

    /**
     * A history out of files. What each is, its content says: an audit file of ours, or decisions in the import format; either may be
     * packed with gzip. All audit files together are folded as one log, in the order of their first records; they come after the
     * others.
     *
     * @param paths files, and directories in which all {@code *.jsonl} and {@code *.jsonl.*} count, in the order of their names
     * @return the history, of which only the first lines have been read
     * @throws io.jitapproval.JitConfigurationException if a file is missing, empty or no history, or a directory has none
     * @throws IllegalArgumentException if no path is given
     */
    public static FileHistory of(List<Path> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("name at least one file of decisions");
        }
        List<Recognised> decisions = new ArrayList<>();
        List<Recognised> audit = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                Recognised recognised = Recognised.of(file);
                (recognised.audit() ? audit : decisions).add(recognised);
            }
        }
        audit.sort(Comparator.comparing(Recognised::first));
        decisions.addAll(audit);
        return new FileHistory(name(paths), decisions);
    }

    private static String name(List<Path> paths) {
        Path first = paths.get(0).getFileName();
        String name = first == null ? paths.get(0).toString() : first.toString();
        return paths.size() == 1 ? name : name + " and " + (paths.size() - 1) + " more";
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw HistoryCode.UNREADABLE.stop(
                        path.toString(),
                        "there is no such file: check the path, which is relative to the working directory");
            }
            if (!Files.isReadable(path)) {
                throw HistoryCode.UNREADABLE.stop(path.toString(), "the file may not be read: check its permissions");
            }
            return List.of(path);
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, Histories::isHistory)) {
            for (Path file : all) {
                if (Files.size(file) > 0) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw HistoryCode.UNREADABLE.stop(path.toString(), "the directory cannot be read: " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw HistoryCode.UNREADABLE.stop(
                    path.toString(), "the directory has no file *.jsonl or *.jsonl.* with something in it");
        }
        found.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
        return found;
    }

    /** What lies beside an audit file, its lock and what a crash left, is none. */
    private static boolean isHistory(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file)
                && (name.endsWith(LINES) || name.contains(LINES + "."))
                && !name.endsWith(".lock")
                && !name.contains(LINES + ".torn-");
    }
}
