package io.jitapproval.cli;

import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.document.Words;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Reads whole texts: strictly UTF-8, and never more than a document may have. */
final class Texts {

    /** Stands for standard input where a file is asked for. */
    static final String STDIN = "-";

    private Texts() {}

    /** The file's text; its origin is the path as the user wrote it. */
    static PolicyText read(String file, Console console) {
        if (file.equals(STDIN)) {
            return read("stdin", console.in());
        }
        try (InputStream in = open(file)) {
            return read(file, in);
        } catch (IOException e) {
            throw UsageCode.UNREADABLE.stop(file, "the file cannot be read: " + e.getMessage());
        }
    }

    /** Opens a file; says why if it cannot. */
    static InputStream open(String file) throws IOException {
        Path path = path(file);
        if (Files.isDirectory(path)) {
            throw UsageCode.UNREADABLE.stop(file, "this is a directory: name a file");
        }
        try {
            return Files.newInputStream(path);
        } catch (NoSuchFileException e) {
            throw UsageCode.UNREADABLE.stop(
                    file, "there is no such file: check the path, which is relative to the working directory");
        } catch (AccessDeniedException e) {
            throw UsageCode.UNREADABLE.stop(file, "the file may not be read: check its permissions");
        }
    }

    /** The path, if the name can be one. */
    static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw UsageCode.UNREADABLE.stop("", "'" + Words.clean(file, 100) + "' is no name of a file");
        }
    }

    private static PolicyText read(String origin, InputStream in) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(TreeReader.LARGEST + 1);
        } catch (IOException e) {
            throw UsageCode.UNREADABLE.stop(origin, "it cannot be read: " + e.getMessage());
        }
        if (bytes.length > TreeReader.LARGEST) {
            throw UsageCode.TOO_LARGE.stop(origin, "it is larger than 16 MiB: split it");
        }
        try {
            return new PolicyText(origin, decode(bytes));
        } catch (CharacterCodingException e) {
            throw UsageCode.NOT_UTF8.stop(origin, "it is not UTF-8: save it as UTF-8");
        }
    }

    /** Replaces a file as a whole: whoever reads it meanwhile sees the old text or the new one. */
    static void write(String file, String text) {
        try {
            Path path = path(file).toRealPath();
            Path beside = Files.createTempFile(path.toAbsolutePath().getParent(), ".jit-", ".tmp");
            try {
                Files.writeString(beside, text);
                keepPermissions(path, beside);
                Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw UsageCode.UNWRITABLE.stop(file, "the file cannot be written: " + e);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    /** Strictly: bytes that are no UTF-8 are a fault, not a question mark. */
    static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
