package io.jitapproval.walls.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Says who goes on. */
@FunctionalInterface
interface Chooser {

    /**
     * Chooses.
     *
     * @param current who went on until now; null if that one cannot
     * @param ready   who can go on, in the order in which they came; never empty
     */
    Actor next(Actor current, List<Actor> ready);

    /** One of three kinds, by the seed: any at each step, one who mostly goes on, and priorities that change at three steps. */
    static Chooser random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch ((int) Math.floorMod(seed, 4L)) {
            case 0 -> any(random, 2);
            case 1 -> any(random, 6);
            default -> new Priorities(random);
        };
    }

    /** Changes over once in so many steps, on average. */
    private static Chooser any(SplittableRandom random, int steps) {
        return (current, ready) ->
                current != null && random.nextInt(steps) != 0 ? current : ready.get(random.nextInt(ready.size()));
    }

    /** Probabilistic concurrency testing: finds what needs few changes of turn with a probability that can be told. */
    final class Priorities implements Chooser {

        private static final int CHANGES = 3;
        private static final int STEPS = 150;

        private final SplittableRandom random;
        private final int[] changes = new int[CHANGES];
        private int step;

        Priorities(SplittableRandom random) {
            this.random = random;
            for (int i = 0; i < CHANGES; i++) {
                changes[i] = 1 + random.nextInt(STEPS);
            }
        }

        @Override
        public Actor next(Actor current, List<Actor> ready) {
            step++;
            for (int i = 0; i < CHANGES; i++) {
                if (changes[i] == step && current != null) {
                    current.priority = i - CHANGES;
                }
            }
            Actor first = null;
            for (Actor actor : ready) {
                if (actor.priority == 0) {
                    actor.priority = 1 + random.nextInt(1 << 20);
                }
                if (first == null || actor.priority > first.priority) {
                    first = actor;
                }
            }
            return first;
        }
    }
}
