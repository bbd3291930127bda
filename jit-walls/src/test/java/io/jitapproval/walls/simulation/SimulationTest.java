package io.jitapproval.walls.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.walls.simulation.Script.Firm;
import io.jitapproval.walls.simulation.Simulation.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("walls 6, 7, 8, 11, R25 to R47: a deterministic simulation, clock and scheduler stepped")
class SimulationTest {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
    private static final int IN_THE_BUILD = 5_000;
    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", IN_THE_BUILD);
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int CHANGES = Integer.getInteger("simulation.changes", 1);
    private static final int REPORT = 50_000;
    private static final Firm ALONE = new Firm(1, false, 0);

    private static AssertionError found(Simulation simulation, long seed, Result result) {
        Result again = simulation.run(seed, true);
        return new AssertionError(
                result.failure().getMessage() + "\nseed " + seed + " (" + result.script()
                        + "), replay it with -Dsimulation.seed=" + seed + "\n  " + String.join("\n  ", again.trace()),
                result.failure());
    }

    @Test
    @DisplayName("every invariant holds after each of so many schedules (-Dsimulation.schedules, -Dsimulation.seed)")
    void holds() {
        Long only = Long.getLong("simulation.seed");
        long first = only == null ? FIRST : only;
        long end = only == null ? FIRST + SCHEDULES : only + 1;
        try (Simulation simulation = new Simulation(Flaw.NONE)) {
            long start = System.nanoTime();
            for (long seed = first; seed < end; seed++) {
                Result result = simulation.run(seed, only != null);
                if (result.failed()) {
                    throw found(simulation, seed, result);
                }
                long done = seed + 1 - first;
                if (done % REPORT == 0 || (seed + 1 == end && SCHEDULES > IN_THE_BUILD)) {
                    System.out.printf(
                            "%d schedules, %d steps, %s%n",
                            done, simulation.steps(), Duration.ofNanos(System.nanoTime() - start));
                }
            }
        }
    }

    @Test
    @DisplayName("the same seed is the same schedule, step by step")
    void repeats() {
        try (Simulation simulation = new Simulation(Flaw.NONE)) {
            for (long seed = 0; seed < 100; seed++) {
                List<String> trace = simulation.run(seed, true).trace();
                assertThat(simulation.run(seed, true).trace())
                        .as("seed %s", seed)
                        .isEqualTo(trace);
            }
        }
    }

    @TestFactory
    @DisplayName("broken twins: each flaw of a store is found within the schedules of a build")
    Stream<DynamicTest> twins() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.NONE)
                .map(flaw -> DynamicTest.dynamicTest(flaw.name(), () -> find(flaw)));
    }

    private static void find(Flaw flaw) {
        List<String> others = new ArrayList<>();
        try (Simulation simulation = new Simulation(flaw)) {
            for (long seed = 0; seed < IN_THE_BUILD; seed++) {
                Throwable failure = simulation.run(seed, false).failure();
                if (failure != null && String.valueOf(failure.getMessage()).contains(flaw.finding)) {
                    LOG.info("{} is found by schedule {}: {}", flaw, seed, failure.getMessage());
                    return;
                }
                if (failure != null) {
                    others.add(seed + ": " + failure.getMessage());
                }
            }
        }
        throw new AssertionError(flaw + " is not found as '" + flaw.finding + "', but "
                + others.stream().limit(20).toList());
    }

    @TestFactory
    @DisplayName(
            "every schedule of a small script with so many changes of turn that nobody needed (-Dsimulation.changes)")
    Stream<DynamicTest> exhaustive() {
        return Stream.of(
                small("two votes", (world, random) -> {
                    ApprovalRequest request = world.asked("void");
                    Scene.actor(world, "mia", () -> Scene.vote(world, 0, request, "mia"));
                    Scene.actor(world, "tom", () -> Scene.vote(world, 0, request, "tom"));
                }),
                small("an approval and a denial", (world, random) -> {
                    ApprovalRequest request = world.asked("pay");
                    Scene.actor(world, "mia", () -> Scene.vote(world, 0, request, "mia"));
                    Scene.actor(world, "tom", () -> Scene.deny(world, 0, request, "tom"));
                }),
                small("two uses of one, and a revocation", (world, random) -> {
                    ApprovalRequest request = world.approved("pay");
                    String grant = request.grantId().orElseThrow();
                    Scene.actor(world, "user-0", () -> world.call(0, "pay", Duration.ZERO));
                    Scene.actor(world, "user-1", () -> world.call(0, "pay", Duration.ZERO));
                    Scene.actor(world, "revoker", () -> world.revoke(0, grant));
                }),
                small("a wait and a vote", (world, random) -> {
                    ApprovalRequest request = world.asked("pay");
                    Scene.actor(world, "caller", () -> world.call(0, "pay", Duration.ofHours(2)));
                    Scene.actor(world, "mia", () -> Scene.vote(world, 0, request, "mia"));
                }));
    }

    private static DynamicTest small(String name, Script script) {
        return DynamicTest.dynamicTest(name, () -> {
            Exhaustive all = new Exhaustive(CHANGES);
            int count = 0;
            try (Simulation simulation = new Simulation(Flaw.NONE)) {
                do {
                    Result result = simulation.run(script, ALONE, all, false);
                    count++;
                    if (result.failed()) {
                        throw new AssertionError(name + ", schedule " + count, result.failure());
                    }
                } while (all.advance());
            }
            if (CHANGES > 1) {
                System.out.printf("%s: all %d schedules%n", name, count);
            }
            assertThat(count).isGreaterThan(20);
        });
    }
}
