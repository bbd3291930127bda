package io.jitapproval.walls.simulation;

import java.util.SplittableRandom;

/** What the actors of a schedule do. */
@FunctionalInterface
interface Script {

    /** Makes the actors; what is done here is done before the schedule begins. */
    void begin(World world, SplittableRandom random);

    /**
     * The firm in which it happens.
     *
     * @param nodes    how many guards are on the store
     * @param channel  whether people are told
     * @param failures how many times the channel fails first
     */
    record Firm(int nodes, boolean channel, int failures) {

        static Firm of(SplittableRandom random) {
            int nodes = random.nextInt(3) == 0 ? 1 : 2;
            boolean channel = random.nextInt(3) == 0;
            return new Firm(nodes, channel, channel ? random.nextInt(3) : 0);
        }
    }
}
