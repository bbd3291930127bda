package io.jitapproval.walls;

import io.jitapproval.Attempt;
import io.jitapproval.Continuation;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.Resource;
import io.jitapproval.Sensitive;
import io.jitapproval.Subject;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Channels;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.GrantStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** Lets everything happen to one secret argument, and keeps everything that anybody was told. */
final class LeakyHouse implements AutoCloseable {

    private static final String POLICY = """
            {"default": "deny", "rules": [
              {"id": "free", "actions": ["vault.free"], "effect": "allow", "when": {"not": {"action.secret": {"equals": "open sesame"}}}},
              {"id": "loose", "actions": ["vault.loose"], "effect": "allow"},
              {"id": "ask", "actions": ["vault.asked"], "effect": "require-approval", "because": "Vaults are asked for.",
               "when": {"any": [{"action.secret": {"moreThan": 5}}, {"action.secret": {"exists": true}}]},
               "approval": {"by": {"role": "BOSS"}, "people": 1}},
              {"id": "never", "actions": ["vault.never"], "effect": "deny",
               "when": {"any": [{"action.secret": {"atLeast": 1000}}, {"action.secret": {"equals": {"attribute": "action.again"}}},
                                {"action.secret": {"exists": true}}]}},
              {"id": "looked-up", "actions": ["vault.broken"], "effect": "deny", "when": {"subject.risk": {"moreThan": 5}}}]}
            """;

    interface Vault {

        @RequiresJitApproval(
                action = "vault.asked",
                resource = "box/{box}",
                continuation = Continuation.WAIT,
                waitAtMost = "PT1M")
        String open(String box, @Sensitive Object secret, @Sensitive boolean twice);

        @RequiresJitApproval(
                action = "vault.asked",
                resource = "box/{box}",
                continuation = Continuation.WAIT,
                waitAtMost = "PT1M")
        String openLoosely(String box, Object secret, boolean twice);
    }

    private static final class Room implements Vault {

        @Override
        public String open(String box, Object secret, boolean twice) {
            return "open";
        }

        @Override
        public String openLoosely(String box, Object secret, boolean twice) {
            return "open";
        }
    }

    @SuppressWarnings("JdkObsolete") // channels tell on threads of their own
    private final StringBuffer told = new StringBuffer();

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private final HandTime time = new HandTime();
    private final GrantStore store = GrantStores.memory(time);
    private final MemoryAuditSink memory = AuditSinks.memory(1000);
    private final StringWriter terminal = new StringWriter();
    private final Path file;
    private final boolean sensitive;
    private final JitGuard guard;
    private boolean sinkFails;
    private Throwable lookup;

    LeakyHouse(Path file, boolean sensitive) {
        this.file = file;
        this.sensitive = sensitive;
        AuditSink lines = AuditSinks.jsonLines(file);
        guard = Jit.guard()
                .policy(PolicySources.text("vault.json", POLICY))
                .audit(new Both(lines))
                .store(store)
                .time(time)
                .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                .subject(() -> Optional.of(Subject.user("ana")))
                .attributes(this::lookUp)
                .codec(new Odd.TalkativeCodec())
                .channel(Channels.terminal(
                        new BufferedReader(new StringReader("?\na\nmia\n")), new PrintWriter(terminal, true), time))
                .channel(new Eavesdropper())
                .build();
        time.meanwhile(this::untilDecided);
    }

    private final class Both implements AuditSink {

        private final AuditSink lines;

        Both(AuditSink lines) {
            this.lines = lines;
        }

        @Override
        public void append(List<AuditRecord> records) throws Exception {
            if (sinkFails) {
                throw new IOException("cannot write " + records);
            }
            memory.append(records);
            lines.append(records);
        }

        @Override
        public void close() throws Exception {
            lines.close();
        }
    }

    private final class Eavesdropper implements ApprovalChannel {

        @Override
        public String name() {
            return "eavesdropper";
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            told.append(notice).append(notice.request().arguments()).append('\n');
            notice.request()
                    .arguments()
                    .forEach(argument -> told.append(argument.text())
                            .append(argument.value())
                            .append('\n'));
            throw new IllegalStateException("nobody is there for " + notice);
        }
    }

    private Optional<Object> lookUp(String attribute, EvaluationRequest request) throws Exception {
        told.append(request).append('\n');
        if (lookup instanceof Exception exception) {
            throw exception;
        }
        if (lookup instanceof Error error) {
            throw error;
        }
        return Optional.empty();
    }

    private void untilDecided() {
        long start = System.nanoTime();
        while (!store.pendingRequests().isEmpty() && System.nanoTime() - start < 10_000_000_000L) {
            Thread.onSpinWait();
        }
    }

    private Attempt attempt(String action, Object secret) {
        Attempt attempt = guard.attempt(action).on(Resource.of("box", "7"));
        return sensitive
                ? attempt.withSensitive("secret", secret).withSensitive("again", secret)
                : attempt.with("secret", secret).with("again", secret);
    }

    void everythingThatCanHappenTo(Object secret) {
        LoggerFactory.getLogger(LeakyHouse.class).info("probe");
        Vault vault = guard.protect(Vault.class, new Room());
        happens(() -> sensitive ? vault.open("7", secret, true) : vault.openLoosely("7", secret, true));
        happens(() -> attempt("vault.free", secret).call(() -> "free"));
        happens(() -> attempt("vault.loose", secret).call(() -> "loose"));
        happens(() -> attempt("vault.loose", secret).callAsync(() -> CompletableFuture.completedFuture("loose")));
        happens(() -> attempt("vault.asked", secret).call(() -> "asked"));
        happens(() -> attempt("vault.asked", secret).submit());
        happens(() -> attempt("vault.never", secret).call(() -> "never"));
        happens(() -> attempt("vault.unknown", secret).call(() -> "unknown"));
        for (String action : List.of("vault.free", "vault.asked", "vault.never", "vault.broken")) {
            happens(() -> told(attempt(action, secret).decide()));
        }
        for (Object odd : List.of(
                new Odd.Unknown(secret),
                List.of(new Odd.Unknown(secret)),
                Map.of("x", new Odd.Unknown(secret)),
                Map.of(new Odd.Unknown(secret), "x"),
                new Odd.Talkative(new ArrayList<>(List.of(secret))),
                new Odd.Coded(secret))) {
            happens(() -> attempt("vault.loose", odd).call(() -> "odd"));
        }
        lookup = new IOException("no risk known of " + secret);
        happens(() -> attempt("vault.broken", secret).call(() -> "broken"));
        lookup = new Error("no risk known");
        happens(() -> attempt("vault.broken", secret).call(() -> "broken"));
        lookup = null;
        sinkFails = true;
        happens(() -> attempt("vault.loose", secret).call(() -> "unrecorded"));
        happens(() -> attempt("vault.never", secret).call(() -> "unrecorded"));
        sinkFails = false;
        happens(() -> attempt("vault.loose", new Odd.HostileList(secret)).call(() -> "odd"));
    }

    private interface Happening {
        Object happens() throws Exception;
    }

    private void happens(Happening happening) {
        try {
            told.append(happening.happens()).append('\n');
        } catch (JitApprovalException refused) {
            reasons.add(refused.reason());
            told.append(told(refused)).append(refused.refusal()).append(refused.explanation());
        } catch (Exception unexpected) {
            throw new AssertionError("untyped: " + unexpected, unexpected);
        }
    }

    private static String told(Decision decision) {
        return decision + " " + decision.explanation() + "\n";
    }

    /** As a log writes it: message, stack trace, causes. */
    static String told(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return thrown + "\n" + thrown.getMessage() + "\n" + thrown.getLocalizedMessage() + "\n" + trace;
    }

    Set<Reason> reasons() {
        return reasons;
    }

    List<AuditRecord> records() {
        return memory.records();
    }

    String everythingTold() {
        List<Object> kept = new ArrayList<>(memory.records());
        for (AuditRecord record : memory.records()) {
            kept.add(AuditSinks.toJson(record));
            kept.add(record.arguments());
            kept.add(record.details());
            record.requestId().flatMap(store::request).ifPresent(request -> {
                kept.add(request);
                kept.add(request.arguments());
                kept.add(request.arguments().stream()
                        .map(argument -> argument.text() + argument.value())
                        .toList());
                kept.add(request.matchKey() + request.binding() + request.asked() + request.because());
            });
            record.grantId().flatMap(store::grant).ifPresent(kept::add);
        }
        store.pendingRequests().forEach(kept::add);
        try {
            return told + kept.toString() + terminal + Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        guard.close();
    }
}
