package io.jitapproval.examples.refunddesk;

import io.jitapproval.core.AuditSinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The desk's second program: half a year of business in a few seconds, and what its record says about the policy. */
public final class HalfYearOfRefunds {

    private static final String POLICY = "half-year-policy.json";
    private static final int WIDTH = 120;
    private static final String INDENT = "      ";

    private final PrintStream out;

    HalfYearOfRefunds(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs it and ends the process with 0, or with 1 if the loop does not find what the half year was made to show, or is led to what it
     * was made to be refused.
     *
     * @param args the directory for the record and the suggestions; {@code target/half-year} if left out
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Path.of(args.length == 0 ? "target/half-year" : args[0]);
        boolean held = new HalfYearOfRefunds(out).run(folder).stream().allMatch(Claim::held);
        if (!held) {
            System.exit(1);
        }
    }

    /** Runs it; says what became of each claim. */
    List<Claim> run(Path folder) {
        try {
            Path audit = Files.createDirectories(folder).resolve("audit.jsonl");
            Files.deleteIfExists(audit);
            Path policy = Files.writeString(folder.resolve("policy.json"), policy());
            List<Wish> wishes = HalfYear.wishes();
            Batches records = new Batches(AuditSinks.jsonLines(audit));
            int ran = HalfYearRun.run(wishes, policy(), records);
            HalfYearReading read = HalfYearReading.of(audit, policy, folder);
            List<Claim> claims = Claim.all(read);
            print(wishes.size(), ran, records.written(), read, claims);
            out.println();
            out.println(
                    "written to " + folder
                            + ": audit.jsonl, policy.json, in split/ and crossfit/ what is suggested, and crossfit.html for a browser");
            out.println("read on:    jit suggest --history " + audit + " --policy " + policy);
            out.println("            jit insights --history " + audit + " --policy " + policy + " --window P150D");
            out.flush();
            return claims;
        } catch (IOException e) {
            throw new UncheckedIOException("the half year cannot be written to " + folder, e);
        }
    }

    static String policy() {
        try (InputStream in = HalfYearOfRefunds.class.getResourceAsStream("/refunddesk/" + POLICY)) {
            if (in == null) {
                throw new IllegalStateException("not shipped: " + POLICY);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(int asked, int ran, int records, HalfYearReading read, List<Claim> claims) {
        out.println("HALF A YEAR AT THE REFUND DESK");
        out.println();
        out.println(asked + " requests from " + HalfYear.FROM + " on, of which " + ran + " calls ran; " + records
                + " records.");
        out.println("People decided " + read.history("evidence") + " that count as evidence, and approved "
                + read.history("approved") + " of them.");
        out.println(
                "What people answer follows rules that stand in no policy. This is what the record gives away of them.");
        out.println();
        out.println("MADE TO SHOW, AND FOUND");
        claims.stream().filter(Claim::wanted).forEach(this::print);
        out.println();
        out.println("MADE TO BE REFUSED, AND REFUSED");
        claims.stream().filter(claim -> !claim.wanted()).forEach(this::print);
        out.println();
        long held = claims.stream().filter(Claim::held).count();
        out.println(held + " of " + claims.size() + " as they should be");
    }

    private void print(Claim claim) {
        out.println("  " + (claim.held() ? "ok  " : "NOT ") + claim.made());
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : claim.answer().split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        if (!line.toString().isBlank()) {
            out.println(line.toString().stripTrailing());
        }
    }
}
