package io.jitapproval.cli;

import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Voice;
import io.jitapproval.core.feedback.history.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories as people read them. What comes out of a history cannot disturb the terminal. */
final class HistoryText {

    private static final int WIDEST = 60;
    private static final int MOST_PEOPLE = 8;
    private static final int ALMOST_NOBODY = 10;

    private HistoryText() {}

    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    static String notes(List<Reading.Note> notes) {
        StringBuilder text = new StringBuilder();
        for (Reading.Note note : notes) {
            text.append("  ")
                    .append(note.code())
                    .append("  ")
                    .append(note.count())
                    .append("x  ");
            text.append(note.text())
                    .append(" First in ")
                    .append(examples(note.examples()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String examples(List<String> examples) {
        return String.join(
                ", ", examples.stream().map(each -> Words.clean(each, 200)).toList());
    }

    static String summary(String name, HistorySummary summary, Reading reading) {
        StringBuilder text = new StringBuilder(Words.clean(name, 200) + ": " + count(summary.decisions(), "decision"));
        if (summary.first() != null) {
            text.append(" from ").append(summary.first()).append(" to ").append(summary.last());
            text.append(", on ").append(count(summary.days(), "day"));
        }
        text.append('\n');
        text.append("evidence: ").append(summary.evidence()).append(" decided by people, ");
        text.append(summary.denied())
                .append(" of them denied, ")
                .append(summary.audited())
                .append(" blind samples\n");
        actions(text, summary);
        attributes(text, summary);
        people(text, summary);
        outcomes(text, summary);
        if (!summary.unusable().isEmpty()) {
            text.append("\nno evidence\n");
            List<List<String>> rows = new ArrayList<>();
            summary.unusable()
                    .forEach((why, seen) -> rows.add(
                            List.of(String.valueOf(seen.count()), why + ", such as " + examples(seen.examples()))));
            table(text, rows, 0);
        }
        if (!reading.notes().isEmpty()) {
            text.append("\nseen on the way\n").append(notes(reading.notes()));
        }
        return text.toString();
    }

    private static void actions(StringBuilder text, HistorySummary summary) {
        if (summary.actions().isEmpty()) {
            return;
        }
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("action", "decided by", "approved", "denied", "expired", "other"));
        summary.actions()
                .forEach((action, routes) -> routes.forEach((route, tally) -> {
                    long named = tally.of(Result.APPROVED) + tally.of(Result.DENIED) + tally.of(Result.EXPIRED);
                    rows.add(List.of(
                            Words.clean(action, WIDEST),
                            HistorySummary.word(route),
                            String.valueOf(tally.of(Result.APPROVED)),
                            String.valueOf(tally.of(Result.DENIED)),
                            String.valueOf(tally.of(Result.EXPIRED)),
                            String.valueOf(tally.total() - named)));
                }));
        table(text, rows, 2);
    }

    private static void attributes(StringBuilder text, HistorySummary summary) {
        if (summary.attributes().isEmpty()) {
            return;
        }
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("attribute", "present", "values"));
        summary.attributes()
                .forEach((name, seen) -> rows.add(List.of(
                        Words.clean(name, WIDEST), percent(seen.present(), summary.decisions()), seen.values())));
        table(text, rows, 1);
    }

    /** Never "100 %" or "0 %" of what is only nearly so. */
    private static String percent(long part, long whole) {
        long percent = Math.round(100.0 * part / whole);
        if (part < whole && percent == 100) {
            return "99 %";
        }
        return part > 0 && percent == 0 ? "1 %" : percent + " %";
    }

    private static void people(StringBuilder text, HistorySummary summary) {
        List<Map.Entry<String, Long>> people = summary.deciders();
        if (people.isEmpty()) {
            return;
        }
        List<String> shown = people.stream()
                .limit(people.size() <= ALMOST_NOBODY ? ALMOST_NOBODY : MOST_PEOPLE)
                .map(person -> Words.clean(person.getKey(), WIDEST) + " " + person.getValue())
                .toList();
        text.append("\nvotes of ")
                .append(people.size() == 1 ? "1 person" : people.size() + " people")
                .append(": ");
        text.append(String.join(", ", shown));
        if (shown.size() < people.size()) {
            text.append(" and ").append(people.size() - shown.size()).append(" more");
        }
        text.append('\n');
    }

    private static void outcomes(StringBuilder text, HistorySummary summary) {
        long said = summary.decisions() - summary.outcomes(Outcome.UNKNOWN);
        if (said > 0) {
            text.append("\noutcomes: ").append(summary.outcomes(Outcome.OK)).append(" ok, ");
            text.append(summary.outcomes(Outcome.REVERSED)).append(" reversed, ");
            text.append(summary.outcomes(Outcome.INCIDENT)).append(" incidents, ");
            text.append("nothing said of ")
                    .append(summary.outcomes(Outcome.UNKNOWN))
                    .append('\n');
        }
    }

    /** Columns from {@code numbers} on are flush right; the last column of text is not padded. */
    static void table(StringBuilder text, List<List<String>> rows, int numbers) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String pad = " ".repeat(widths[i] - cell.length());
                boolean right = numbers == 0 ? i == 0 : i >= numbers;
                line.append("  ").append(right ? pad + cell : cell + pad);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Everything that is known of one decision. */
    static String decision(PastDecision decision) {
        var request = decision.request();
        List<List<String>> rows = new ArrayList<>();
        row(rows, "where", decision.origin());
        row(
                rows,
                "asked",
                decision.opened()
                        + (decision.queueDepth().isPresent()
                                ? ", " + count(decision.queueDepth().getAsInt(), "other") + " waiting"
                                : ""));
        decision.decideBy().ifPresent(by -> row(rows, "until", by.toString()));
        decision.decided().ifPresent(at -> row(rows, "decided", at + after(Duration.between(decision.opened(), at))));
        decision.voices().forEach(voice -> row(rows, "vote", vote(voice)));
        if (!decision.asked().isEmpty()) {
            row(
                    rows,
                    "told",
                    String.join(
                            ", ",
                            decision.asked().stream().map(Object::toString).toList()));
        }
        if (!decision.rules().isEmpty()) {
            row(rows, "rules", String.join(", ", decision.rules()));
        }
        if (!decision.policy().isEmpty()) {
            row(rows, "policy", decision.policy());
        }
        properties(rows, "subject", request.subject().properties());
        request.actors().forEach(actor -> row(rows, "actor", actor.type() + "/" + actor.id()));
        properties(rows, "action", request.action().properties());
        properties(rows, "resource", request.resource().properties());
        properties(rows, "context", request.context());
        decision.grant().ifPresent(grant -> row(rows, "grant", grant(grant)));
        if (decision.outcome() != Outcome.UNKNOWN) {
            row(rows, "outcome", decision.outcome().name().toLowerCase(Locale.ROOT));
        }
        if (decision.probability().isPresent()) {
            row(
                    rows,
                    "chance",
                    "people were asked with probability "
                            + decision.probability().getAsDouble());
        }
        if (!decision.reason().isEmpty()) {
            row(rows, "why", decision.reason());
        }
        decision.more().forEach((name, value) -> row(rows, "more", name + " " + Json.line(value)));
        StringBuilder text = new StringBuilder(Words.clean(
                decision.id() + "  " + decision.result().name().toLowerCase(Locale.ROOT) + " by "
                        + HistorySummary.word(decision.route()) + "  "
                        + request.action().name() + " on " + request.resource().type() + "/"
                        + request.resource().id() + " by " + request.subject().type() + "/"
                        + request.subject().id(),
                400));
        text.append('\n');
        for (List<String> row : rows) {
            text.append("  ")
                    .append(row.get(0))
                    .append(" ".repeat(9 - row.get(0).length()))
                    .append(row.get(1))
                    .append('\n');
        }
        return text.toString();
    }

    private static void row(List<List<String>> rows, String name, String value) {
        rows.add(List.of(name, Words.clean(value, 200)));
    }

    private static void properties(List<List<String>> rows, String owner, Map<String, ? extends @Nullable Object> all) {
        all.forEach((name, value) -> row(rows, "with", owner + "." + name + " " + Json.line(value)));
    }

    private static String after(Duration waited) {
        return waited.isNegative() ? ", before it was asked: a clock jumped" : ", after " + waited;
    }

    private static String vote(Voice voice) {
        return voice.person()
                + (voice.approved() ? " approved " : " denied ")
                + voice.at()
                + voice.took().map(took -> ", after " + took).orElse("")
                + (voice.reason() ? ", with a reason" : "");
    }

    private static String grant(GrantUse grant) {
        return "from " + grant.from() + " until " + grant.until()
                + ", used " + grant.uses() + (grant.maxUses() > 0 ? " of " + count(grant.maxUses(), "time") : " times")
                + grant.firstUse().map(at -> ", first " + at).orElse("")
                + grant.lastUse().map(at -> ", last " + at).orElse("")
                + grant.ended().map(at -> ", ended " + at).orElse("")
                + grant.revokedBy().map(by -> " by " + by).orElse("");
    }
}
