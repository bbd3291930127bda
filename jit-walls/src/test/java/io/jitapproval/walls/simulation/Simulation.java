package io.jitapproval.walls.simulation;

import static io.jitapproval.walls.simulation.SteppedTime.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Runs one schedule after the other on the same threads. */
final class Simulation implements AutoCloseable {

    private static final int LAST_STEPS = 60;

    private final Flaw flaw;
    private Conductor conductor = new Conductor();
    private long steps;

    Simulation(Flaw flaw) {
        this.flaw = flaw;
    }

    /**
     * What a schedule was.
     *
     * @param failure what does not hold; null if everything does
     */
    record Result(Script script, List<String> trace, Throwable failure) {

        boolean failed() {
            return failure != null;
        }
    }

    static Scene scene(long seed) {
        Scene[] all = Scene.values();
        return all[(int) Math.floorMod(seed / 4, (long) all.length)];
    }

    /** The schedule of a seed: the script, the firm and every choice follow from it. */
    Result run(long seed, boolean traced) {
        SplittableRandom random = new SplittableRandom(~seed);
        return run(seed, scene(seed), Script.Firm.of(random), random, Chooser.random(seed), traced);
    }

    Result run(Script script, Script.Firm firm, Chooser chooser, boolean traced) {
        return run(0, script, firm, new SplittableRandom(0), chooser, traced);
    }

    private Result run(
            long seed, Script script, Script.Firm firm, SplittableRandom random, Chooser chooser, boolean traced) {
        conductor.begin(chooser, traced);
        Throwable failure = null;
        try {
            play(seed, script, firm, random);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        steps += conductor.steps();
        List<String> trace = List.copyOf(conductor.trace());
        if (failure != null) {
            conductor.abandon();
            conductor = new Conductor();
        }
        return new Result(script, trace, failure);
    }

    /** Steps of all schedules so far. */
    long steps() {
        return steps;
    }

    private void play(long seed, Script script, Script.Firm firm, SplittableRandom random) {
        World world = new World(conductor, flaw, seed, firm);
        script.begin(world, random);
        conductor.perform();
        answered(world, firm.nodes());
        end(world);
        new Invariants(world).check();
        world.close();
    }

    /** Whoever waits for what has ended knows it: at once on the node where it ended, and within 7 seconds on another. */
    private void answered(World world, int nodes) {
        world.closing();
        conductor.perform();
        if (world.nothingWaits() && nodes > 1) {
            world.time.moveTo(world.time.now().plusSeconds(7));
            conductor.perform();
        }
        if (world.nothingWaits() && !conductor.left().isEmpty()) {
            throw new AssertionError("all requests have ended, but somebody was not told: " + conductor.left());
        }
        answeredLater(world);
    }

    private static void answeredLater(World world) {
        if (world.nothingWaits() && !world.answers.stream().allMatch(CompletableFuture::isDone)) {
            throw new AssertionError("all requests have ended, but not every stage is complete: " + world.answers);
        }
    }

    private void end(World world) {
        Instant[] targets = {
            START.plus(World.USE_WITHIN),
            START.plus(World.DECIDE_WITHIN),
            START.plus(World.DECIDE_WITHIN.multipliedBy(2)),
            START.plus(Duration.ofHours(4))
        };
        for (Instant target : targets) {
            world.time.moveTo(target);
            conductor.perform();
        }
        for (int i = 0; i < LAST_STEPS && world.messagesWait(); i++) {
            world.time.moveTo(world.time.next().orElse(world.time.now().plusSeconds(60)));
            conductor.perform();
        }
        answeredLater(world);
        if (!conductor.left().isEmpty()) {
            throw new AssertionError("stuck: " + conductor.left());
        }
    }

    @Override
    public void close() {
        conductor.abandon();
    }
}
