package io.jitapproval.core.analysis;

import java.util.List;
import java.util.function.IntConsumer;

/** A rule's condition over numbered atoms. */
sealed interface Formula {

    /** What it may come out as, given what its atoms may. */
    int possible(int[] atoms);

    /** Tells its atoms. */
    void atoms(IntConsumer each);

    /** One atom. */
    record Leaf(int atom) implements Formula {
        @Override
        public int possible(int[] atoms) {
            return atoms[atom];
        }

        @Override
        public void atoms(IntConsumer each) {
            each.accept(atom);
        }
    }

    /** Every part holds; without parts, always. */
    record All(List<Formula> parts) implements Formula {
        @Override
        public int possible(int[] atoms) {
            int all = Masks.YES;
            for (Formula part : parts) {
                all = Masks.and(all, part.possible(atoms));
            }
            return all;
        }

        @Override
        public void atoms(IntConsumer each) {
            parts.forEach(part -> part.atoms(each));
        }
    }

    /** At least one part holds. */
    record Any(List<Formula> parts) implements Formula {
        @Override
        public int possible(int[] atoms) {
            int any = Masks.NO;
            for (Formula part : parts) {
                any = Masks.or(any, part.possible(atoms));
            }
            return any;
        }

        @Override
        public void atoms(IntConsumer each) {
            parts.forEach(part -> part.atoms(each));
        }
    }

    /** The part does not hold. */
    record Not(Formula part) implements Formula {
        @Override
        public int possible(int[] atoms) {
            return Masks.not(part.possible(atoms));
        }

        @Override
        public void atoms(IntConsumer each) {
            part.atoms(each);
        }
    }
}
