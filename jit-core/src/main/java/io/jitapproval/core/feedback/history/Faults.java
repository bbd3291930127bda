package io.jitapproval.core.feedback.history;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The faults of a history, so many that mending them is worth another try, and no more. */
final class Faults {

    private static final int MOST = 20;
    private static final int LONGEST_EXCERPT = 1 << 14;

    private final List<ConfigurationProblem> found = new ArrayList<>();

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Adds what is wrong with the line that the source is on; throws all if these are too many. */
    void add(LineFault fault, LineSource source, String file) {
        if (found.size() == MOST) {
            found.add(HistoryCode.TOO_MANY.at(
                    file + ":" + source.number() + ":1", "here is another one, and more may follow: mend these first"));
            throwIfAny();
        }
        found.add(problem(fault, source, file));
    }

    private static ConfigurationProblem problem(LineFault fault, LineSource source, String file) {
        String what = String.valueOf(fault.getMessage());
        if (source.tooLong() || source.length() > LONGEST_EXCERPT) {
            return fault.code().at(file + ":" + source.number() + ":" + fault.column(), what);
        }
        String text = new String(source.buffer(), source.from(), source.length(), StandardCharsets.UTF_8);
        int bytes = Math.min(Math.max(0, fault.column() - 1), source.length());
        int column = new String(source.buffer(), source.from(), bytes, StandardCharsets.UTF_8).length() + 1;
        Problems problems =
                new Problems(new PolicyText(file, text), (int) Math.min(source.number(), Integer.MAX_VALUE));
        problems.add(fault.code().code(), new Place(1, column), what);
        return problems.found().get(0);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new JitConfigurationException(found);
        }
    }
}
