package io.jitapproval.examples.refunddesk;

import io.jitapproval.cli.JitMain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the {@code jit} command reads in the record of the half year.
 *
 * @param newer    what {@code jit suggest} checked on the newest decisions
 * @param crossed  what it checked on each decision by what was learnt from the others
 * @param insights what {@code jit insights} found
 */
record HalfYearReading(Map<String, Object> newer, Map<String, Object> crossed, Map<String, Object> insights) {

    private static final int MOST = 2;

    /**
     * Reads.
     *
     * @param audit  the record
     * @param policy the policy in force
     * @param out    where suggestions are written: {@code split} and {@code crossfit}
     */
    static HalfYearReading of(Path audit, Path policy, Path out) {
        return new HalfYearReading(
                suggest(audit, policy, out, "split"),
                suggest(audit, policy, out, "crossfit"),
                jit("insights", "--history", audit.toString(), "--policy", policy.toString(), "--window", "P150D"));
    }

    private static Map<String, Object> suggest(Path audit, Path policy, Path out, String how) {
        return jit(
                "suggest",
                "--history",
                audit.toString(),
                "--policy",
                policy.toString(),
                "--max-wrong",
                "0.02",
                "--certify",
                how,
                "--out",
                out.resolve(how).toString(),
                "--html",
                out.resolve(how + ".html").toString(),
                "--force");
    }

    private static Map<String, Object> jit(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--format", "json"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = JitMain.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                all.toArray(String[]::new));
        if (code > 1) {
            throw new IllegalStateException("jit " + String.join(" ", all) + " ended with " + code + ": "
                    + err.toString(StandardCharsets.UTF_8));
        }
        return object(out.toString(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        Faults faults = new Faults("json");
        Optional<Json> read = Json.read(text, 1, faults);
        if (read.isEmpty() || !(read.get().plain() instanceof Map<?, ?> map)) {
            throw new IllegalStateException("no JSON object: " + faults.all());
        }
        return (Map<String, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return object.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> field(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** Findings of a kind. */
    List<Map<String, Object>> found(String kind) {
        return list(insights, "insights").stream()
                .filter(each -> kind.equals(each.get("kind")))
                .toList();
    }

    /** Those of them about a subject whose name begins so. */
    List<Map<String, Object>> found(String kind, String subject) {
        return found(kind).stream()
                .filter(each -> String.valueOf(each.get("subject")).startsWith(subject))
                .toList();
    }

    /** Why nothing was said of a subject; empty if it was not even looked at. */
    String silence(String kind, String subject) {
        return list(insights, "notJudged").stream()
                .filter(each -> kind.equals(each.get("kind"))
                        && String.valueOf(each.get("subject")).startsWith(subject))
                .map(each -> String.valueOf(each.get("why")))
                .collect(Collectors.joining("; "));
    }

    private List<Map<String, Object>> suggestions(String action) {
        List<Map<String, Object>> all = new ArrayList<>(list(newer, "suggestions"));
        all.addAll(list(crossed, "suggestions"));
        return all.stream().filter(each -> action.equals(each.get("action"))).toList();
    }

    /** What was suggested to approve without people. */
    List<Map<String, Object>> suggested(String action) {
        return suggestions(action).stream()
                .filter(each -> Boolean.TRUE.equals(each.get("suggested")))
                .toList();
    }

    /** Why nothing is suggested, in the words of both checks. */
    String refusals(String action) {
        return suggestions(action).stream()
                .flatMap(each -> each.get("refusals") instanceof List<?> list ? list.stream() : List.of().stream())
                .map(String::valueOf)
                .distinct()
                .limit(MOST)
                .collect(Collectors.joining("; "));
    }

    /** How many decisions are no evidence, for a reason. */
    int leftOut(String why) {
        Object count = field(field(newer, "source"), "leftOut").get(why);
        return count == null ? 0 : Integer.parseInt(count.toString());
    }

    /** A number or text of the history. */
    String history(String name) {
        return String.valueOf(field(newer, "source").get(name));
    }

    /** A number of a suggestion's certificate. */
    static String certified(Map<String, Object> suggestion, String name) {
        return String.valueOf(field(suggestion, "certificate").get(name));
    }

    /** The field and value of a rule that would mend what was found; empty if there is none. */
    static String change(Map<String, Object> finding) {
        Map<String, Object> change = field(finding, "change");
        return change.isEmpty() ? "" : change.get("field") + ": " + change.get("value");
    }
}
