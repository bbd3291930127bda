package io.jitapproval.core.feedback.evidence;

/** Folds: each row belongs to one, by a mix of its position, so that a run can be repeated. */
final class Folds {

    private Folds() {}

    static int of(int position, int folds) {
        return (int) Math.floorMod(Rows.mix(position), (long) folds);
    }
}
