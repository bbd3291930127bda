package io.jitapproval.examples.refunddesk;

import io.jitapproval.Debt;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Grant;
import io.jitapproval.Reason;
import io.jitapproval.examples.refunddesk.Result.Answered;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For people: a block for each request, and a summary. Plain ASCII but for what the data bring along. */
final class TextReport implements Report {

    private static final int WIDTH = 100;
    private static final int SHORT_ID = 8;
    private static final String INDENT = " ".repeat(14);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final InstantSource clock;
    private final Set<Step> told = new HashSet<>();

    TextReport(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void begin(Inputs inputs, String answering) {
        List<String> names = inputs.names().stream().map(Visible::of).toList();
        out.println("refund desk   " + inputs.requests().size() + " requests (" + names.get(2) + "), policy "
                + names.get(0) + ", people " + names.get(1));
        out.println("answers       " + answering);
        out.println("begins        " + DAY.format(clock.instant()) + " UTC");
        out.println();
    }

    @Override
    public void result(Result result) {
        head(result, result.decision().toUpperCase(Locale.ROOT));
        result.asked().how().bundle().ifPresent(title -> row("bundle", "\"" + title + "\""));
        result.asked().how().emergency().ifPresent(why -> row("emergency", "\"" + why + "\""));
        rest(result);
    }

    @Override
    public void later(Result result) {
        head(result, "LATER");
        if (result.way() == Result.Way.REPLAY) {
            rest(result);
            return;
        }
        result.course().stream()
                .filter(step -> isNews(step) && told.add(step))
                .forEach(step -> row(step.what(), words(result, step)));
        out.println();
    }

    private static boolean isNews(Step step) {
        return step.what().equals(Step.REVIEWED) || step.what().equals(Step.REFUSED);
    }

    private void head(Result result, String word) {
        EvaluationRequest request = result.asked().request();
        String head = Findings.name(request.subject().ref()) + "  "
                + request.action().name() + "  " + request.resource().ref();
        out.printf("%4d %-8s %s%n", result.asked().line(), word, Visible.of(head) + arguments(request));
    }

    private void rest(Result result) {
        if (!result.has(Step.ALARM)
                && (!result.votes().isEmpty() || !result.people().isEmpty())) {
            row("asked", String.join(", ", result.people()) + by(result));
        }
        result.course().forEach(step -> row(name(step), words(result, step)));
        row("because", because(result));
        result.grant().ifPresent(grant -> row(result.earlier() ? "covered" : "grant", grant(result, grant)));
        for (String other : result.uncovered()) {
            row("note", "an earlier grant gives " + other + ", and does not cover this");
        }
        row(outcomeName(result), outcome(result));
        out.println();
    }

    private static String name(Step step) {
        return switch (step.what()) {
            case "approve" -> "approved";
            case "deny" -> "denied";
            case "abstain" -> "abstained";
            case "information" -> "informed";
            default -> step.what();
        };
    }

    private static String words(Result result, Step step) {
        if (step.vote().isPresent()) {
            return words(result, step.vote().get());
        }
        if (step.what().equals(Step.STAGE)) {
            return step.stage() + " of " + result.stages() + ": " + step.text();
        }
        if (step.what().equals(Step.MOVED_ON)) {
            return "since " + step.by() + " looked: " + step.text();
        }
        Duration after = Duration.between(result.startedAt(), step.at());
        boolean quoted = Step.SAID.contains(step.what());
        String text = quoted ? "\"" + step.text() + "\"" : step.text();
        String by = step.by().isEmpty() || step.what().equals(Step.ALARM) ? "" : "by " + step.by() + " ";
        String when =
                step.what().equals(Step.ALARM) ? "" : after.toSeconds() == 0 ? "at once" : "after " + length(after);
        return (by + when + (text.isEmpty() || when.isEmpty() ? text : ": " + text)).strip();
    }

    private void row(String name, String text) {
        if (text.isEmpty()) {
            return;
        }
        String label = INDENT + String.format("%-12s", name);
        for (String line : wrapped(Visible.of(text), WIDTH - label.length())) {
            out.println(label + line);
            label = " ".repeat(label.length());
        }
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String arguments(EvaluationRequest request) {
        String action = request.action().name();
        String all = request.action().properties().entrySet().stream()
                .map(each -> Visible.of(each.getKey()) + " " + value(action, each))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : "  " + all;
    }

    private static String value(String action, Map.Entry<String, @Nullable Object> argument) {
        if (Operations.isSensitive(action, argument.getKey())) {
            return "****";
        }
        Object value = argument.getValue();
        String text = Json.text(value);
        return Visible.of(text.length() <= WIDTH / 2 ? text : text.substring(0, WIDTH / 2 - 3) + "...");
    }

    private static String by(Result result) {
        return result.rules().isEmpty() ? "" : " by " + String.join(", ", result.rules()) + colon(result.because());
    }

    private static String colon(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    private static String words(Result result, Answered vote) {
        Duration after = Duration.between(result.startedAt(), vote.at());
        String place = vote.standsFor().isEmpty() ? "" : " in the place of " + vote.standsFor();
        String text = "by " + vote.by() + place + (after.toSeconds() == 0 ? " at once" : " after " + length(after));
        if (!vote.counted()) {
            text = vote.by() + place + " would " + vote.verdict() + ", but "
                    + vote.result().text() + " (" + vote.result().word() + ")";
        }
        return text
                + (vote.terms().isEmpty() ? "" : ", narrowed to " + vote.terms())
                + (vote.why().isEmpty() ? "" : ", saying \"" + vote.why() + "\"");
    }

    static String length(Duration length) {
        List<String> parts = new ArrayList<>();
        part(parts, length.toDays(), "d");
        part(parts, length.toHoursPart(), "h");
        part(parts, length.toMinutesPart(), "min");
        part(parts, length.toSecondsPart(), "s");
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit);
        }
    }

    private static String because(Result result) {
        Reason reason = result.reason();
        boolean asked = !result.people().isEmpty();
        String rules = asked || result.rules().isEmpty() ? "" : ": " + String.join(", ", result.rules());
        boolean told = result.votes().stream().anyMatch(Answered::counted)
                && (reason == Reason.APPROVED || reason == Reason.APPROVAL_DENIED);
        String detail = result.outcome().equals(Result.NOT_RUN) && !told ? colon(result.detail()) : "";
        return told ? "" : reason.text() + " (" + reason.word() + ")" + rules + detail;
    }

    private static String grant(Result result, Grant grant) {
        String by = result.earlier() ? " approved earlier by " + String.join(", ", result.approvedBy()) : "";
        return shortId(grant.id()) + by + ", use " + result.use() + " of "
                + grant.terms().uses() + ", "
                + grant.terms().scope().text()
                + grant.terms().ceilings().entrySet().stream()
                        .map(each -> ", " + each.getKey() + " at most "
                                + each.getValue().toPlainString())
                        .collect(Collectors.joining())
                + grant.expiresAt().map(end -> ", until " + until(result, end)).orElse("");
    }

    private static String until(Result result, Instant end) {
        boolean soon = Duration.between(result.startedAt(), end).compareTo(Duration.ofHours(12)) < 0;
        return (soon ? TIME : DAY).format(end);
    }

    private static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    private static String outcomeName(Result result) {
        return switch (result.outcome()) {
            case Result.SUCCEEDED -> "ran";
            case Result.FAILED -> "failed";
            default -> result.requestId().isPresent() ? "request" : "not run";
        };
    }

    private static String outcome(Result result) {
        return switch (result.outcome()) {
            case Result.SUCCEEDED ->
                result.entry().map(entry -> "ledger entry " + entry).orElse("") + lowered(result) + fetched(result);
            case Result.FAILED -> result.detail();
            default ->
                result.requestId()
                        .map(id -> result.decision().equals(Result.PENDING) ? shortId(id) + waits(result) : "")
                        .orElse("");
        };
    }

    private static String lowered(Result result) {
        return result.ranWith().entrySet().stream()
                .map(each -> ", with " + each.getKey() + " " + each.getValue().toPlainString() + " instead of "
                        + Course.number(
                                result.asked().request().action().properties().get(each.getKey())))
                .collect(Collectors.joining());
    }

    private static String fetched(Result result) {
        return result.way() == Result.Way.REPLAY ? ", as the kept call's id tells" : "";
    }

    private static String waits(Result result) {
        return result.way() == Result.Way.REPLAY ? " is kept, and runs once when it is approved" : " waits";
    }

    @Override
    public void end(List<Result> results, List<Debt> debts, Output output, int records) {
        glance(results);
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Result result : results) {
            String reason = result.reason().word() + (result.earlier() ? ", by an earlier grant" : "");
            counts.computeIfAbsent(result.decision(), each -> new TreeMap<>()).merge(reason, 1L, Long::sum);
        }
        out.println("-".repeat(WIDTH));
        out.println(results.size() + " requests in " + elapsed(results));
        counts.forEach((decision, reasons) -> {
            long all = reasons.values().stream().mapToLong(Long::longValue).sum();
            out.printf("  %-9s %4d%n", decision, all);
            reasons.forEach((reason, count) -> out.printf("            %4d  %s%n", count, reason));
        });
        long entries =
                results.stream().filter(result -> result.entry().isPresent()).count();
        long failed = results.stream()
                .filter(result -> result.outcome().equals(Result.FAILED))
                .count();
        out.println();
        for (Debt debt : debts) {
            out.println(Visible.of("debt    the emergency of " + debt.person() + " at " + DAY.format(debt.since())
                    + " is to be reviewed before " + DAY.format(debt.due())));
        }
        out.println("ledger  " + output.ledger() + "  (" + entries + " entries of this run"
                + (failed == 0 ? "" : "; allowed, but failed by themselves: " + failed) + ")");
        out.println("record  " + output.audit() + "  (" + records + " records of this run)");
        out.flush();
    }

    private void glance(List<Result> results) {
        out.println("-".repeat(WIDTH));
        out.println("at a glance");
        for (String line : Glance.lines(results)) {
            if (!line.startsWith(" ")) {
                out.println();
            }
            out.println(line);
        }
        out.println();
    }

    private String elapsed(List<Result> results) {
        return results.isEmpty()
                ? "no time"
                : length(Duration.between(results.get(0).startedAt(), clock.instant())) + " by the desk's clock";
    }
}
