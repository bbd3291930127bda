package io.jitapproval.core.feedback.adoption;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Lists as texts in the store. */
final class Lines {

    private Lines() {}

    static String join(Collection<String> lines) {
        return String.join(
                "\n",
                lines.stream()
                        .map(line -> line.replace("%", "%25").replace("\n", "%0A"))
                        .toList());
    }

    static List<String> split(String text) {
        return text.isEmpty()
                ? List.of()
                : text.lines()
                        .map(line -> line.replace("%0A", "\n").replace("%25", "%"))
                        .toList();
    }

    /** What is kept under a name. */
    static String of(Map<String, String> data, String name) {
        String value = data.get(name);
        if (value == null) {
            throw new IllegalStateException("the store's entry lacks '" + name + "'");
        }
        return value;
    }

    static double number(Map<String, String> data, String name) {
        return Double.parseDouble(of(data, name));
    }

    static int count(Map<String, String> data, String name) {
        return Integer.parseInt(of(data, name));
    }
}
