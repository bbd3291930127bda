package io.jitapproval.walls.simulation;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("simulation")
class SimulationTest {

    @Test
    void simulate() {
        int count = Integer.getInteger("simulation.schedules", 2_000);
        try (Simulation simulation = new Simulation(Flaw.NONE)) {
            long start = System.nanoTime();
            int failed = 0;
            for (long seed = 0; seed < count; seed++) {
                Simulation.Result result = simulation.run(seed, false);
                if (result.failed()) {
                    System.out.println("seed " + seed + " " + result.scene() + " " + result.failure());
                    if (failed++ == 0) {
                        result.failure().printStackTrace(System.out);
                        Simulation.Result again = simulation.run(seed, true);
                        again.trace().forEach(System.out::println);
                        System.out.println(again.failure());
                    }
                    if (failed > 20) break;
                }
            }
            System.out.println("ran " + count + " in " + (System.nanoTime() - start) / 1_000_000 + " ms, " + simulation.steps() + " steps, failed " + failed);
        }
    }
}
