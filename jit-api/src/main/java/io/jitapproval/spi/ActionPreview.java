package io.jitapproval.spi;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.PreviewLine;
import java.time.Duration;
import java.util.List;

/**
 * Computes what an action would do, such as how many rows it would change or what it would cost, so that approvers see that and not only
 * the arguments. Asked when people are about to be asked, and only then; what it says is frozen with the request.
 *
 * <p>It must only read: the action may never be approved. What it returns is shown to people and kept, so it must leave out what has to
 * stay hidden, also of sensitive arguments.
 */
@FunctionalInterface
public interface ActionPreview {

    /** How long a preview may take that says nothing else: two seconds. */
    Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(2);

    /** How many lines are shown at most; of more, the last says how many there are and their digest. */
    int MOST_LINES = 50;

    /** How many characters of a name or a value are shown at most; a longer one is cut, with its length and digest. */
    int LONGEST_TEXT = 1_000;

    /**
     * What the action would do.
     *
     * <p><b>Threads:</b> called on a thread of the guard's own; must be thread-safe; several equal calls at once may each ask. <b>Blocking:</b>
     * may block up to the time limit; then its thread is interrupted and the call is refused. <b>Throwing:</b> whatever is thrown refuses the
     * call, and nobody is asked. <b>Absent:</b> an empty list says nothing.
     *
     * @param request the call as policy sees it: arguments as the action's properties, from the frozen copy
     * @return the lines, in the order in which they are shown
     * @throws Exception if it fails
     */
    List<PreviewLine> preview(EvaluationRequest request) throws Exception;

    /**
     * How long it may take.
     *
     * @return the limit, in real time; zero: no limit, on the thread of the call; by default {@link #DEFAULT_TIME_LIMIT}
     */
    default Duration timeLimit() {
        return DEFAULT_TIME_LIMIT;
    }
}
