package io.jitapproval.examples.samples;

import static io.jitapproval.core.People.person;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.JitGuard;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Channels;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;

/** The annotation, as README shows it: reads {@code policy.yaml} in the working directory and asks on the terminal. */
final class AnnotatedSample {

    private AnnotatedSample() {}

    public static void main(String[] args) {
        try {
            run();
        } catch (ApprovalPendingException pending) {
            System.out.println(pending.reason().word() + ": "
                    + String.join(", ", pending.request().asked()));
        }
    }

    private static void run() {
        JitGuard guard = Jit.guard()
                .policy(Path.of("policy.yaml"))
                .subject(() -> Optional.of(signedIn())) // who is calling, from your own session
                .people(People.of(person("mia", "FINANCE_MANAGER"), person("ana", "SUPPORT")))
                .channel(Channels.terminal())
                .audit(AuditSinks.jsonLines(Path.of("audit.jsonl")))
                .build(); // every fault of configuration is told here, all at once

        Refunds refunds = guard.protect(Refunds.class, new LedgerRefunds());
        refunds.refund("42", new BigDecimal("5000"), "double charge");
    }

    private static Subject signedIn() {
        return Subject.user("ana");
    }
}
