package io.jitapproval.examples.refunddesk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the desk writes.
 *
 * @param audit  the record
 * @param ledger the ledger
 */
record Output(Path audit, Path ledger) {

    static final String AUDIT = "refund-desk-audit.jsonl";
    static final String LEDGER = "refund-desk-ledger.jsonl";

    static Output of(Options options) throws UnusableInputException {
        Path audit =
                options.audit().isPresent() ? path("--audit", options.audit().get()) : folder().resolve(AUDIT);
        Path ledger =
                options.ledger().isPresent() ? path("--ledger", options.ledger().get()) : audit.resolveSibling(LEDGER);
        if (audit.toAbsolutePath().normalize().equals(ledger.toAbsolutePath().normalize())) {
            throw new UnusableInputException(
                    "--ledger", Fault.USAGE, "names the same file as the record: name them apart");
        }
        check(audit, "record");
        check(ledger, "ledger");
        return new Output(audit, ledger);
    }

    private static Path path(String option, String name) throws UnusableInputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnusableInputException(
                    option, Fault.USAGE, "is no path: " + Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private static Path folder() throws UnusableInputException {
        Path target = Path.of("target");
        try {
            return Files.isDirectory(target) ? target : Files.createTempDirectory("refund-desk-");
        } catch (IOException e) {
            throw new UnusableInputException(
                    "--audit", Fault.OUTPUT, "there is neither target/ nor a temporary directory: name a file");
        }
    }

    private static void check(Path file, String what) throws UnusableInputException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(
                    file.toString(), Fault.OUTPUT, "is a directory: name a file for the " + what);
        }
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException(
                    file.toString(),
                    Fault.OUTPUT,
                    "the directory for the " + what + " does not exist: create it first");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UnusableInputException(
                    file.toString(), Fault.OUTPUT, "the " + what + " may not be written: check the permissions");
        }
    }

    static UnusableInputException unusable(Path file, String what, @Nullable Throwable why) {
        String text = why instanceof NoSuchFileException
                ? "its directory does not exist"
                : why instanceof AccessDeniedException
                        ? "it may not be written"
                        : why instanceof IOException ? String.valueOf(why.getMessage()) : "it is in use";
        return new UnusableInputException(
                file.toString(), Fault.OUTPUT, "the " + what + " cannot be used: " + Visible.of(text));
    }
}
