package io.jitapproval.core.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that one sink at a time has open. The lock lies on a second file, because on POSIX a process loses its locks on a
 * file as soon as it closes any descriptor of it, such as one by which it read its own log.
 */
final class LockedFile implements LogFile {

    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path path;
    private final FileChannel channel;
    private final FileChannel lockChannel;
    private final @Nullable Object key;

    private LockedFile(Path path, FileChannel channel, FileChannel lockChannel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.lockChannel = lockChannel;
        this.key = key(path);
    }

    static LockedFile open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = Objects.requireNonNullElse(absolute.getParent(), absolute);
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(
                    directory.toString(), null, "the directory of the audit file does not exist: create it first");
        }
        if (Files.isDirectory(absolute)) {
            throw new IOException(absolute + " is a directory, not a file");
        }
        // One lock for one file, by whatever link it is reached.
        Path real = Files.exists(absolute)
                ? absolute.toRealPath()
                : directory.toRealPath().resolve(Objects.requireNonNull(absolute.getFileName()));
        FileChannel lockChannel = channel(beside(real, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lockChannel, real);
            boolean created = !Files.exists(real);
            FileChannel channel =
                    channel(real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (created) {
                forceDirectory(real);
            }
            return new LockedFile(real, channel, lockChannel);
        } catch (Throwable failure) {
            lockChannel.close();
            throw failure;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException(file + " is locked: another process has this audit file open");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(file + " is locked: this process has this audit file open already", e);
        }
    }

    private static FileChannel channel(Path path, OpenOption... options) throws IOException {
        return FileChannel.open(path, Set.of(options), OWNER_ONLY);
    }

    /** So that the file's name survives a crash, too. Some systems cannot open a directory; then nothing can be done. */
    private static void forceDirectory(Path file) {
        try (FileChannel directory =
                FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException ignored) {
            return;
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    Path path() {
        return path;
    }

    /** Fills the buffer from a position on. */
    void read(ByteBuffer bytes, long position) throws IOException {
        long from = position;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, from);
            if (read < 0) {
                throw new IOException(path + " became shorter while it was read");
            }
            from += read;
        }
        bytes.flip();
    }

    /** Puts bytes away in a file beside this one, at its end if there is one, and returns where. */
    Path putBeside(String suffix, ByteBuffer bytes) throws IOException {
        Path aside = beside(path, suffix);
        try (FileChannel out = channel(aside, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        forceDirectory(aside);
        return aside;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        return channel.write(bytes, position);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
        channel.truncate(length);
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public boolean inPlace() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (lockChannel) {
            channel.close();
        }
    }
}
