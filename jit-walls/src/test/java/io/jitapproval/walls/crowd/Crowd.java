package io.jitapproval.walls.crowd;

import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.core.TimeSources;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Many pending requests and many waiting calls in one process; says how much heap they take and how soon a decision wakes its waiter. */
final class Crowd {

    private static final String POLICY = """
            {"default": "deny", "rules": [{"id": "ask", "actions": ["pay"], "effect": "require-approval",
              "approval": {"by": {"role": "BOSS"}, "people": 1}}]}
            """;
    private static final int DECIDED = 501;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MEBI = 1L << 20;

    private record Forgetting() implements InlineAuditSink {

        @Override
        public void append(List<AuditRecord> records) {
            // the crowd is measured, not its record
        }
    }

    private Crowd() {}

    private static Attempt pay(MethodGuard guard, int amount) {
        return guard.attempt("pay").by(Subject.user("ana")).with("amount", amount);
    }

    /**
     * Makes the crowd.
     *
     * @param args how many pending requests, and how many calls that wait for the first ones of them
     */
    public static void main(String[] args) throws Exception {
        int requests = Integer.parseInt(args[0]);
        int waiters = Integer.parseInt(args[1]);
        TimeSource time = TimeSources.system();
        try (MethodGuard guard = Jit.guard()
                .policy(PolicySources.text("crowd.json", POLICY))
                .audit(new Forgetting())
                .askingLimits(AskingLimits.NONE)
                .time(time)
                .store(GrantStores.memory(time, requests + waiters))
                .people(People.of(People.person("mia", "BOSS"), People.person("ana")))
                .build()) {
            long start = System.nanoTime();
            String[] ids = new String[requests];
            for (int i = 0; i < requests; i++) {
                ids[i] = pay(guard, i).submit().orElseThrow().id();
            }
            long asked = System.nanoTime();
            long[] woken = new long[waiters];
            CompletableFuture<?>[] calls = new CompletableFuture<?>[waiters];
            for (int i = 0; i < waiters; i++) {
                int which = i;
                calls[i] = pay(guard, i)
                        .waitAtMost(Duration.ofMinutes(30))
                        .callAsync(() -> {
                            woken[which] = System.nanoTime();
                            return CompletableFuture.completedFuture("ran");
                        })
                        .toCompletableFuture();
            }
            long waiting = System.nanoTime();
            int threads = Thread.activeCount();
            long heap = heap();
            int decided = Math.min(DECIDED, waiters);
            long[] took = new long[decided];
            for (int i = 0; i < decided; i++) {
                int which = (int) ((long) i * waiters / decided);
                Vote vote = Vote.approve(guard.request(ids[which]).current().orElseThrow(), Ref.user("mia"));
                long before = System.nanoTime();
                guard.approvals().vote(ids[which], vote);
                calls[which].get(60, TimeUnit.SECONDS);
                took[i] = woken[which] - before;
            }
            Arrays.sort(took);
            System.out.printf(
                    Locale.ROOT,
                    "requests %d in %d ms, waiters %d in %d ms, threads %d, heap %d MiB of %d MiB, "
                            + "wake-up median %.3f ms, 99 %% %.3f ms%n",
                    requests,
                    (asked - start) / 1_000_000,
                    waiters,
                    (waiting - asked) / 1_000_000,
                    threads,
                    heap / MEBI,
                    Runtime.getRuntime().maxMemory() / MEBI,
                    took[decided / 2] / NANOS_PER_MILLI,
                    took[decided * 99 / 100] / NANOS_PER_MILLI);
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
