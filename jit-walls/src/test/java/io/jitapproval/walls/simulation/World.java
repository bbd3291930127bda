package io.jitapproval.walls.simulation;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.GuardUnavailableException;
import io.jitapproval.JitApprovalException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.guard.DefaultGuard;
import io.jitapproval.core.guard.GuardSettings;
import io.jitapproval.core.guard.PolicySettings;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One schedule's own world: guards on one store, the record, the channel, and what people did and got. */
final class World implements AutoCloseable {

    static final Ref ANA = Ref.user("ana");
    static final Duration DECIDE_WITHIN = Duration.ofMinutes(30);
    static final Duration WITHIN = Duration.ofMinutes(15);
    static final Duration USE_WITHIN = Duration.ofMinutes(10);
    static final Duration ESCALATES = Duration.ofMinutes(10);
    static final Map<String, Integer> NEEDED = Map.of("pay", 1, "void", 2, "slow", 1, "steps", 2);

    private static final String FINANCE = "{\"by\": {\"role\": \"FINANCE\"}, \"people\": 1}";
    private static final PolicySettings POLICY = policy("{\"default\": \"deny\", \"rules\": ["
            + String.join(
                    ",",
                    rule("pay", 1, FINANCE),
                    rule("void", 2, FINANCE.replace("1", "2")),
                    rule(
                            "slow",
                            1,
                            FINANCE.replace(
                                    "1", "1, \"escalate\": [{\"after\": \"PT10M\", \"by\": {\"role\": \"BOSS\"}}]")),
                    rule("steps", 1, FINANCE, FINANCE.replace("FINANCE", "BOSS").replace("1", "1, \"step\": 2")))
            + "]}");
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");
    private static final Duration HOUR = Duration.ofHours(1);

    /** That somebody took grants away, and how long the record was when the call came back. */
    record TakenAway(Optional<String> grant, List<String> existing, int length) {}

    final Conductor conductor;
    final Names names = new Names();
    final SteppedTime time;
    final Ledger record;
    final Post post;
    final GrantStore store;
    final List<JitGuard> guards = new ArrayList<>();
    final List<String> counted = new ArrayList<>();
    final List<TakenAway> takenAway = new ArrayList<>();
    final List<CompletableFuture<?>> answers = new ArrayList<>();
    final List<String> kept = new ArrayList<>();
    int runs;
    private boolean closing;

    World(Conductor conductor, Flaw flaw, long seed, Script.Firm firm) {
        this.conductor = conductor;
        this.time = new SteppedTime(conductor);
        this.post = new Post(conductor, names, firm.failures());
        this.store = GrantStores.memory(time::now, 1_000);
        SteppedStore stepped = new SteppedStore(conductor, names, store);
        this.record = new Ledger(conductor, time, stepped);
        SecureRandom random = new Numbered(seed);
        Flaw.Nodes seen = flaw.of(conductor, stepped);
        for (int i = 0; i < firm.nodes(); i++) {
            guards.add(DefaultGuard.start(settings(seen.node(i), firm.nodes() > 1, firm.channel(), random)));
        }
    }

    private GuardSettings settings(GrantStore seen, boolean shared, boolean channel, SecureRandom random) {
        List<ApprovalChannel> channels = channel ? List.of(post) : List.of();
        return new GuardSettings(
                POLICY,
                Optional::empty,
                new Staff(conductor),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of("pay", kept -> ran()),
                channels,
                record,
                seen,
                shared,
                time,
                List.of(),
                List.of(),
                KEY,
                HOUR,
                HOUR,
                AskingLimits.NONE,
                Map.of(),
                (name, most) -> new SteppedPool(conductor, name, most),
                random);
    }

    private static String rule(String action, int uses, String... stages) {
        return String.format("""
                {"id": "%s", "actions": ["%s"], "effect": "require-approval",
                 "approval": {"stages": [%s], "decideWithin": "PT30M"},
                 "grant": {"uses": %d, "within": "PT15M", "useWithin": "PT10M"}}""", action, action, String.join(",", stages), uses);
    }

    private static PolicySettings policy(String json) {
        PolicySource source = PolicySources.text("simulation.json", json);
        try {
            List<PolicyText> documents = List.copyOf(source.load());
            return new PolicySettings(
                    source, documents, Policy.parse(documents), Policy::parse, failure -> List.of(), Optional.empty());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ids that a seed repeats. */
    private static final class Numbered extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient SplittableRandom random;

        Numbered(long seed) {
            super(null, null);
            random = new SplittableRandom(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    JitGuard node(int number) {
        return guards.get(number % guards.size());
    }

    Attempt attempt(int node, String action) {
        return node(node).attempt(action).by(Subject.user("ana")).with("amount", 5);
    }

    /** Before the schedule: a request that waits. */
    ApprovalRequest asked(String action) {
        return attempt(0, action).submit().orElseThrow();
    }

    /** Before the schedule: a request that was approved. */
    ApprovalRequest approved(String action) {
        ApprovalRequest request = asked(action);
        for (String voter : List.of("mia", "tom").subList(0, NEEDED.get(action))) {
            cast(0, Vote.approve(request, Ref.user(voter)), request.id());
        }
        return store.request(request.id()).orElseThrow();
    }

    void cast(int node, Vote vote, String request) {
        guarded(() -> {
            if (node(node).approvals().vote(request, vote).counted()) {
                counted.add(vote.voter().id());
            }
        });
    }

    /** Calls, and runs if it may. */
    void call(int node, String action, Duration atMost) {
        guarded(() -> {
            Attempt attempt = attempt(node, action);
            (atMost.isZero() ? attempt : attempt.waitAtMost(atMost)).run(this::ran);
        });
    }

    private Object ran() {
        runs++;
        conductor.pause(() -> "runs the action");
        return runs;
    }

    /** Calls without a thread that waits. */
    void callLater(int node, String action, Duration atMost) {
        answers.add(attempt(node, action)
                .waitAtMost(atMost)
                .callAsync(() -> CompletableFuture.completedFuture(ran()))
                .toCompletableFuture());
    }

    /** Has the call kept, to be run on approval by whatever node. */
    void keep(int node) {
        guarded(() -> kept.add(attempt(node, "pay").replay().id()));
    }

    void revoke(int node, String grant) {
        guarded(() -> {
            if (node(node).grants().revoke(grant, Ref.user("zoe"), "") == Reason.REVOKED) {
                takenAway.add(new TakenAway(Optional.of(grant), List.of(), record.size()));
            }
        });
    }

    void revokeAll(int node) {
        guarded(() -> {
            List<String> existing =
                    store.activeGrants().stream().map(grant -> grant.id()).toList();
            node(node).grants().revokeAllOf(ANA, Ref.user("zoe"), "");
            takenAway.add(new TakenAway(Optional.empty(), existing, record.size()));
        });
    }

    /** What is refused is fine, as long as it is refused for what can happen here. */
    void guarded(Runnable deed) {
        try {
            deed.run();
        } catch (JitApprovalException refused) {
            if (refused instanceof GuardUnavailableException) {
                throw new AssertionError("nothing has failed here, but it was refused", refused);
            }
        }
    }

    /** Until somebody has asked; null if nobody does. */
    ApprovalRequest waitForRequest() {
        conductor.await("a request", () -> closing || !store.pendingRequests().isEmpty());
        List<ApprovalRequest> pending = store.pendingRequests();
        return pending.isEmpty() ? null : pending.get(0);
    }

    void closing() {
        closing = true;
    }

    boolean nothingWaits() {
        Instant now = time.now();
        return store.pendingRequests().stream()
                .noneMatch(request -> request.stateAt(now) == ApprovalRequest.State.PENDING);
    }

    boolean messagesWait() {
        return store.nextMessageDue().isPresent();
    }

    @Override
    public void close() {
        guards.forEach(JitGuard::close);
    }
}
