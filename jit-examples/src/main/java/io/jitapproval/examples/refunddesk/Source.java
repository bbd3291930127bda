package io.jitapproval.examples.refunddesk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A text that the user handed over, or one that is shipped.
 *
 * @param origin what messages call it
 * @param text   the text
 */
record Source(String origin, String text) {

    static final String SHIPPED = "refunddesk/";

    static Source file(String name) throws UnusableInputException {
        try {
            Path file = Path.of(name);
            if (Files.isDirectory(file)) {
                throw new UnusableInputException(name, Fault.FILE, "is a directory: name a file");
            }
            return decoded(name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UnusableInputException(
                    name,
                    Fault.FILE,
                    "there is no such file: check the path, which is relative to the working directory unless absolute");
        } catch (AccessDeniedException e) {
            throw new UnusableInputException(name, Fault.FILE, "may not be read: check the permissions");
        } catch (IOException | InvalidPathException e) {
            throw new UnusableInputException(
                    Visible.of(name), Fault.FILE, "cannot be read: " + Visible.of(String.valueOf(e.getMessage())));
        }
    }

    static Source stream(String name, InputStream in) throws UnusableInputException {
        try {
            return decoded(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UnusableInputException(name, Fault.FILE, "cannot be read: " + e.getMessage());
        }
    }

    static Source shipped(String name) throws UnusableInputException {
        try (InputStream in = Source.class.getClassLoader().getResourceAsStream(SHIPPED + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return decoded("classpath:" + SHIPPED + name, in.readAllBytes());
        } catch (IOException e) {
            throw new UnusableInputException(SHIPPED + name, Fault.FILE, "is missing from the jar");
        }
    }

    private static Source decoded(String origin, byte[] bytes) throws UnusableInputException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.lastIndexOf('\n');
            throw new UnusableInputException(
                    origin + ":" + line + ":" + column,
                    Fault.ENCODING,
                    String.format("the byte 0x%02x is not UTF-8 here: save the text as UTF-8", in.get(in.position())));
        }
        if (text.startsWith("\uFEFF")) {
            throw new UnusableInputException(
                    origin + ":1:1", Fault.ENCODING, "begins with a byte order mark: save it as UTF-8 without one");
        }
        return new Source(origin, text);
    }
}
