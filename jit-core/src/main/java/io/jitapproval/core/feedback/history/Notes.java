package io.jitapproval.core.feedback.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted while a history is read. */
final class Notes {

    private static final int MOST_EXAMPLES = 3;

    private static final class Count {
        private long count;
        private final List<String> examples = new ArrayList<>(MOST_EXAMPLES);
    }

    private final Map<HistoryCode, Count> counts = new EnumMap<>(HistoryCode.class);

    void add(HistoryCode code, String origin) {
        Count count = counts.computeIfAbsent(code, each -> new Count());
        count.count++;
        if (count.examples.size() < MOST_EXAMPLES) {
            count.examples.add(origin);
        }
    }

    List<Reading.Note> all() {
        List<Reading.Note> all = new ArrayList<>();
        counts.forEach(
                (code, count) -> all.add(new Reading.Note(code.code(), code.meaning(), count.count, count.examples)));
        return all;
    }
}
