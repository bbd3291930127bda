package io.jitapproval.core.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Atoms that depend on the same attributes, and all that they can come out as together. */
final class Dimension {

    private final int[] atoms;
    private final List<Cell> cells;
    private final @Nullable String inexact;

    /**
     * Of these atoms.
     *
     * @param atoms   their numbers
     * @param cells   the combinations of their outcomes, the most natural first
     * @param inexact why there may be combinations that are not listed; null if there are none
     */
    Dimension(int[] atoms, List<Cell> cells, @Nullable String inexact) {
        this.atoms = atoms;
        this.cells = cells;
        this.inexact = inexact;
    }

    int[] atoms() {
        return atoms;
    }

    List<Cell> cells() {
        return cells;
    }

    @Nullable
    String inexact() {
        return inexact;
    }

    /** One combination. */
    static final class Cell {

        private final int[] outcomes;
        private final @Nullable Map<String, Sample> samples;

        /**
         * With these outcomes.
         *
         * @param outcomes the mask of each atom
         * @param samples  values of the attributes that lead to it; null where none are known
         */
        Cell(int[] outcomes, @Nullable Map<String, Sample> samples) {
            this.outcomes = outcomes;
            this.samples = samples;
        }

        int[] outcomes() {
            return outcomes;
        }

        @Nullable
        Map<String, Sample> samples() {
            return samples;
        }
    }
}
