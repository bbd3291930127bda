package io.jitapproval.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.Action;
import io.jitapproval.ConfigurationProblem;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.PolicyStatus;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReloadTest {

    private static final EvaluationRequest REQUEST =
            EvaluationRequest.of(Subject.user("ana"), Action.of("payment.refund"), Resource.of("order", "42"));

    @TempDir
    Path directory;

    @Test
    @DisplayName("a changed file takes over, and everything that follows says so")
    void changedFileTakesOver() throws IOException {
        Path file = write("policy.json", document("allow", "one"));
        try (MethodGuard guard = guard(PolicySources.file(file))) {
            String before = guard.decide(REQUEST).policy();

            write("policy.json", document("deny", "two"));
            PolicyStatus status = guard.reloadPolicy();

            Decision decision = guard.decide(REQUEST);
            assertThat(decision.kind()).isEqualTo(Decision.Kind.DENY);
            assertThat(decision.rules()).containsExactly("two");
            assertThat(decision.policy()).isEqualTo(status.version()).isNotEqualTo(before);
            assertThat(status.isHealthy()).isTrue();
            assertThat(status.rules()).isEqualTo(1);
            assertThat(status.origins()).containsExactly(file.toString());
        }
    }

    @Test
    @DisplayName(
            "wall 1: a file with a fault takes nobody's place, and the status says what is wrong until it is mended")
    void badFileKeepsTheLastGoodOne() throws IOException {
        Path file = write("policy.json", document("deny", "one"));
        try (MethodGuard guard = guard(PolicySources.file(file))) {
            String good = guard.policyStatus().version();

            for (String bad : List.of("", "{", document("alow", "one"), "\u0000", "{\"default\": \"deny\"}")) {
                write("policy.json", bad);
                PolicyStatus status = guard.reloadPolicy();
                assertThat(status.isHealthy()).as(bad).isFalse();
                assertThat(status.version()).isEqualTo(good);
                assertThat(guard.decide(REQUEST).policy()).isEqualTo(good);
            }
            Files.delete(file);
            PolicyStatus.Refused refused = guard.reloadPolicy().refused().orElseThrow();
            assertThat(refused.problems())
                    .extracting(ConfigurationProblem::code)
                    .containsExactly("JIT-C004");
            assertThat(guard.reloadPolicy().refused()).contains(refused);

            write("policy.json", document("deny", "one"));
            assertThat(guard.reloadPolicy().isHealthy()).isTrue();
            write("policy.json", document("allow", "three"));
            assertThat(guard.reloadPolicy().isHealthy()).isTrue();
            assertThat(guard.decide(REQUEST).kind()).isEqualTo(Decision.Kind.PERMIT);
        }
    }

    @Test
    @DisplayName("the guard looks by itself")
    void looksByItself() throws Exception {
        Path file = write("policy.json", document("allow", "one"));
        CountDownLatch looked = new CountDownLatch(3);
        PolicySource source = new PolicySource() {
            @Override
            public List<PolicyText> load() throws Exception {
                looked.countDown();
                return PolicySources.file(file).load();
            }

            @Override
            public boolean mayChange() {
                return true;
            }
        };
        try (MethodGuard guard = Jit.guard()
                .policy(source)
                .audit(AuditSinks.memory(1_000))
                .reloadPolicyEvery(Duration.ofMillis(1))
                .build()) {
            assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(guard.policyStatus().isHealthy()).isTrue();
        }
    }

    @Test
    @DisplayName("wall 1: what only one look has found may be half of a file, and is waited for")
    void halfWrittenIsWaitedFor() throws Exception {
        String closed = "\n  - {id: closed, actions: [payment.refund], effect: deny}";
        String half = "default: deny\nrules:\n  - {id: all, actions: ['*'], effect: allow}";
        List<String> contents = List.of(half + closed, half, half + closed + " # done");
        CountDownLatch looked = new CountDownLatch(6);
        AtomicInteger look = new AtomicInteger();
        PolicySource source = new PolicySource() {
            @Override
            public List<PolicyText> load() {
                looked.countDown();
                int now = Math.min(look.getAndIncrement(), contents.size() - 1);
                return List.of(new PolicyText("policy.yaml", contents.get(now)));
            }

            @Override
            public boolean mayChange() {
                return true;
            }
        };
        try (MethodGuard guard = Jit.guard()
                .policy(source)
                .audit(AuditSinks.memory(10))
                .reloadPolicyEvery(Duration.ofMillis(1))
                .build()) {
            do {
                assertThat(guard.decide(REQUEST).kind()).isEqualTo(Decision.Kind.DENY);
            } while (!looked.await(0, TimeUnit.SECONDS));
            assertThat(guard.policyStatus().rules()).isEqualTo(2);
        }
        // Who says "now" gets what is there now.
        AtomicReference<List<PolicyText>> documents =
                new AtomicReference<>(List.of(new PolicyText("policy.yaml", half + closed)));
        try (MethodGuard guard = guard(documents::get)) {
            documents.set(List.of(new PolicyText("policy.yaml", half)));
            guard.reloadPolicy();
            assertThat(guard.decide(REQUEST).kind()).isEqualTo(Decision.Kind.PERMIT);
        }
    }

    /** Read by the guard again and again, told which time it is; never before the guard is there. */
    private static final class Watched implements PolicySource {
        private final IntFunction<List<PolicyText>> reading;
        private final CompletableFuture<MethodGuard> guard = new CompletableFuture<>();
        private final List<PolicyStatus> before = new CopyOnWriteArrayList<>();
        private final CountDownLatch looked;
        private int reads;

        Watched(int looks, IntFunction<List<PolicyText>> reading) {
            this.looked = new CountDownLatch(looks);
            this.reading = reading;
        }

        @Override
        public List<PolicyText> load() {
            if (reads > 0) {
                before.add(guard.join().policyStatus());
                looked.countDown();
            }
            return reading.apply(reads++);
        }

        @Override
        public boolean mayChange() {
            return true;
        }

        /** The status as it was before each look. */
        List<PolicyStatus> watch() throws InterruptedException {
            try (MethodGuard watched = Jit.guard()
                    .policy(this)
                    .audit(AuditSinks.memory(10))
                    .reloadPolicyEvery(Duration.ofMillis(1))
                    .build()) {
                guard.complete(watched);
                assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
                return List.copyOf(before);
            }
        }
    }

    private static List<String> problems(PolicyStatus status) {
        return status.refused().stream()
                .flatMap(refused -> refused.problems().stream())
                .map(ConfigurationProblem::code)
                .toList();
    }

    @Test
    @DisplayName("a source that fails with an Error is told, looked at again, and forgotten once it is well")
    void sourceThatFailsInEarnest() throws Exception {
        List<PolicyText> good = List.of(new PolicyText("policy.json", document("deny", "one")));
        List<PolicyStatus> before = new Watched(5, read -> {
                    if (read == 2 || read == 3) {
                        throw new NoClassDefFoundError("gone");
                    }
                    return good;
                })
                .watch();
        assertThat(before.subList(0, 5))
                .extracting(PolicyReloadTest::problems)
                .containsExactly(List.of(), List.of(), List.of("JIT-C004"), List.of("JIT-C004"), List.of());
        assertThat(before.get(3).refused()).isEqualTo(before.get(2).refused());

        AtomicBoolean failing = new AtomicBoolean();
        try (MethodGuard guard = guard(() -> {
            if (failing.get()) {
                throw new NoClassDefFoundError("gone");
            }
            return good;
        })) {
            failing.set(true);
            assertThat(problems(guard.reloadPolicy())).containsExactly("JIT-C004");
        }
    }

    @Test
    @DisplayName("a source that reads differently at every look is told after three, until two looks agree")
    void neverSettles() throws Exception {
        List<PolicyStatus> before = new Watched(
                        8, read -> List.of(new PolicyText("policy.json", document("deny", "r" + Math.min(read, 6)))))
                .watch();
        assertThat(before.subList(0, 8))
                .extracting(PolicyReloadTest::problems)
                .containsExactly(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("JIT-C007"),
                        List.of("JIT-C007"),
                        List.of("JIT-C007"),
                        List.of("JIT-C007"),
                        List.of());
        assertThat(before.get(6).version()).isEqualTo(before.get(0).version());
        assertThat(before.get(7).version()).isNotEqualTo(before.get(0).version());
    }

    @Test
    @DisplayName("a source that gives the same list again, with something else in it, settles no sooner")
    void sameList() throws Exception {
        List<PolicyText> one = new ArrayList<>(List.of(new PolicyText("policy.json", document("deny", "r0"))));
        List<PolicyStatus> seen = new Watched(5, read -> {
                    one.set(0, new PolicyText("policy.json", document("deny", "r" + read)));
                    return one;
                })
                .watch();
        assertThat(seen)
                .extracting(PolicyStatus::version)
                .containsOnly(seen.get(0).version());
        assertThat(problems(seen.get(4))).containsExactly("JIT-C007");
    }

    /** Decides while its documents change. */
    private interface Deciding {
        Decision decide(EvaluationRequest request);

        void reload(List<PolicyText> documents);
    }

    @Test
    @DisplayName("1 000 reloads while 8 threads decide: each answer is that of one version, and its hash says which")
    void reloadUnderLoad() throws Exception {
        AtomicReference<List<PolicyText>> documents = new AtomicReference<>(generation(0));
        try (MethodGuard guard = guard(documents::get)) {
            underLoad(new Deciding() {
                @Override
                public Decision decide(EvaluationRequest request) {
                    return guard.decide(request);
                }

                @Override
                public void reload(List<PolicyText> next) {
                    documents.set(next);
                    assertThat(guard.reloadPolicy().version())
                            .isEqualTo(Policy.parse(next).version());
                }
            });
        }
    }

    @Test
    @DisplayName("the check is sharp: a twin that changes rules and version one after the other is found")
    void twinThatTears() {
        assertThatThrownBy(() -> underLoad(new Deciding() {
                    private volatile Policy policy = Policy.parse(generation(0));
                    private volatile String version = policy.version();

                    @Override
                    public Decision decide(EvaluationRequest request) {
                        Decision.ApprovalRequired decision = (Decision.ApprovalRequired)
                                policy.evaluate(request, Instant.EPOCH, AttributeLookup.NONE);
                        return new Decision.ApprovalRequired(
                                decision.requirement(),
                                decision.rules(),
                                version,
                                decision.obligations(),
                                decision.explanation());
                    }

                    @Override
                    public void reload(List<PolicyText> documents) {
                        Policy next = Policy.parse(documents);
                        version = next.version();
                        policy = next;
                    }
                }))
                .hasRootCauseInstanceOf(AssertionError.class);
    }

    private static void underLoad(Deciding deciding) throws Exception {
        Map<String, Integer> generations = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        generations.put(Policy.parse(generation(0)).version(), 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(asking(deciding, generations, done)));
            }
            for (int generation = 1; generation <= 1000; generation++) {
                List<PolicyText> documents = generation(generation);
                generations.put(Policy.parse(documents).version(), generation);
                deciding.reload(documents);
            }
            done.set(true);
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    /** Generation n has two rules with its number in their ids, in two documents, that only together deny. */
    private static List<PolicyText> generation(int number) {
        String ask =
                "{\"id\":\"ask-%d\",\"actions\":[\"*\"],\"effect\":\"require-approval\",\"approval\":{\"by\":{\"role\":\"a\"}}}"
                        .formatted(number);
        String also =
                "{\"id\":\"also-%d\",\"actions\":[\"payment.*\"],\"effect\":\"require-approval\",\"approval\":{\"by\":{\"role\":\"b\"}}}"
                        .formatted(number);
        return List.of(
                new PolicyText("a.json", "{\"default\":\"deny\",\"rules\":[" + ask + "]}"),
                new PolicyText("b.json", "{\"rules\":[" + also + "]}"));
    }

    private static Callable<Integer> asking(Deciding deciding, Map<String, Integer> generations, AtomicBoolean done) {
        return () -> {
            int answers = 0;
            do {
                Decision decision = deciding.decide(REQUEST);
                int generation = generations.get(decision.policy());
                assertThat(decision.rules()).containsExactly("ask-" + generation, "also-" + generation);
                answers++;
            } while (!done.get());
            return answers;
        };
    }

    private static MethodGuard guard(PolicySource source) {
        return Jit.guard()
                .policy(source)
                .audit(AuditSinks.memory(1_000))
                .reloadPolicyEvery(Duration.ofHours(1))
                .build();
    }

    private Path write(String name, String text) throws IOException {
        Path next = Files.writeString(directory.resolve(".next"), text);
        return Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String document(String effect, String id) {
        return "{\"default\": \"deny\", \"rules\": [{\"id\": \"%s\", \"actions\": [\"payment.refund\"], \"effect\": \"%s\"}]}"
                .formatted(id, effect);
    }
}
