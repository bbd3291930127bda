package io.jitapproval.walls.simulation;

import java.util.ArrayList;
import java.util.List;

/** Every schedule in which an actor who could go on is stopped at most so many times, one after the other, depth first. */
final class Exhaustive implements Chooser {

    private static final class Point {
        int options;
        int chosen;
    }

    private final int most;
    private final List<Point> path = new ArrayList<>();
    private int depth;
    private int stopped;

    Exhaustive(int most) {
        this.most = most;
    }

    @Override
    public Actor next(Actor current, List<Actor> ready) {
        if (depth == path.size()) {
            Point fresh = new Point();
            fresh.options = current != null && stopped == most ? 1 : ready.size();
            path.add(fresh);
        }
        int chosen = path.get(depth++).chosen;
        if (current == null) {
            return ready.get(chosen);
        }
        if (chosen == 0) {
            return current;
        }
        stopped++;
        int at = ready.indexOf(current);
        return ready.get(chosen <= at ? chosen - 1 : chosen);
    }

    /** Goes on to the next schedule; false if there is none. */
    boolean advance() {
        while (path.size() > depth) {
            path.remove(path.size() - 1);
        }
        depth = 0;
        stopped = 0;
        while (!path.isEmpty()) {
            Point last = path.get(path.size() - 1);
            if (++last.chosen < last.options) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
