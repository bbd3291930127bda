package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.core.explain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An approval request as lines of text for a person. Pure; whatever came from outside is {@linkplain Visible made visible}. */
final class RequestText {

    private static final int WIDTH = 68;

    private RequestText() {}

    /** The question. */
    static List<String> lines(ApprovalRequest request, Instant now) {
        List<String> lines = new ArrayList<>();
        String asks = who(request) + " asks to  " + Visible.of(request.action()) + "  on "
                + Visible.of(request.resource().toString());
        lines.add(asks + " ".repeat(Math.max(2, WIDTH - asks.length())) + timeLeft(request, now));
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        for (ShownArgument argument : request.arguments()) {
            rows.add(Map.entry(Visible.of(argument.name()), value(argument)));
        }
        for (PreviewLine line : request.preview()) {
            rows.add(Map.entry("» " + Visible.of(line.name()), Visible.of(line.value())));
        }
        if (request.replay()) {
            rows.add(Map.entry("runs", "at once when it is approved"));
        }
        if (!request.reason().isEmpty()) {
            rows.add(Map.entry("why", Visible.of(request.reason())));
        }
        if (!request.ticket().isEmpty()) {
            rows.add(Map.entry("ticket", Visible.of(request.ticket())));
        }
        if (!request.rules().isEmpty()) {
            rows.add(Map.entry(request.rules().size() == 1 ? "rule" : "rules", rules(request)));
        }
        rows.add(Map.entry("gives", Terms.gives(request.requirement().grant(), request.action())));
        request.startsAt().ifPresent(start -> rows.add(Map.entry("from", start.toString())));
        if (!request.ancestry().isEmpty()) {
            rows.add(Map.entry("extends", extension(request)));
        }
        rows.add(Map.entry("asks", people(request)));
        votes(request).ifPresent(votes -> rows.add(Map.entry("so far", votes)));
        table(lines, rows);
        return lines;
    }

    /** What an approver may want to know beyond the question. */
    static List<String> explanation(ApprovalRequest request) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("request", Visible.of(request.id()));
        rows.put("by", Visible.of(request.subject().toString()));
        if (!request.actors().isEmpty()) {
            rows.put("through", refs(request.actors()));
        }
        rows.put("asked", request.createdAt().toString());
        rows.put("decide by", request.decideBy().toString());
        rows.put("use within", Terms.words(request.requirement().useWithin()) + " of the approval");
        rows.put("policy", Visible.of(request.policy()));
        rows.put("binding", Visible.of(request.binding()));
        GrantTerms terms = request.requirement().grant();
        rows.put(
                "approve",
                terms.scope() == GrantScope.EXACT
                        ? "lets exactly the action and arguments above run, and nothing else"
                        : "lets " + terms.scope().text() + " run, with other arguments, too");
        if (request.arguments().stream().anyMatch(argument -> !argument.bound())) {
            rows.put("", "what is marked may still change: it is not part of what you approve");
        }
        if (request.arguments().stream().anyMatch(ShownArgument::hidden)) {
            rows.put("••••", "a sensitive value: nobody is shown it, but it is part of the record as a commitment");
        }
        if (!request.preview().isEmpty()) {
            rows.put("»", "what the application says it would do, computed when it was asked");
        }
        rows.put("shorten", "gives less than what is asked: a shorter time, fewer uses, or only this exact call");
        rows.put("deny", "is final for this request");
        List<String> lines = new ArrayList<>();
        table(lines, List.copyOf(rows.entrySet()));
        return lines;
    }

    /** How a request ended, and by whom. */
    static String end(ApprovalRequest request, Instant now) {
        return what(request)
                + ": "
                + switch (request.stateAt(now)) {
                    case APPROVED -> "approved" + voters(request, Verdict.APPROVE, " by rule");
                    case DENIED -> "denied" + voters(request, Verdict.DENY, "");
                    case EXPIRED -> "expired, nobody decided in time";
                    case CANCELLED -> "withdrawn";
                    case FAILED ->
                        "failed"
                                + request.outcome()
                                        .map(why -> ", " + why.text())
                                        .orElse("");
                    case PENDING -> "still pending";
                };
    }

    /** What it is about, in a few words. */
    static String what(ApprovalRequest request) {
        return Visible.of(request.action()) + " on "
                + Visible.of(request.resource().toString()) + " by " + who(request);
    }

    /** What was said about it last; empty if nothing was. */
    static String lastNote(ApprovalRequest request) {
        if (request.notes().isEmpty()) {
            return "";
        }
        Note note = request.notes().get(request.notes().size() - 1);
        return what(request) + ": " + name(note.by()) + " says: " + Visible.of(note.text());
    }

    /** That it ran in an emergency. */
    static String alarm(ApprovalRequest request) {
        return "ALARM  " + what(request) + " ran in an emergency, without approval"
                + (request.reason().isEmpty() ? "" : ": " + Visible.of(request.reason()));
    }

    /** That it ran without being asked about. */
    static String observed(ApprovalRequest request) {
        return "observed: " + what(request) + " ran; you would have been asked";
    }

    private static String extension(ApprovalRequest request) {
        int number = request.ancestry().size();
        String which = "grant " + Visible.of(request.ancestry().get(0));
        return number == 1 ? which : which + ", extension number " + number;
    }

    /** How many people still have to agree, at least. */
    static int missing(ApprovalRequest request) {
        long agreed = request.votes().stream()
                .filter(vote -> vote.verdict() == Verdict.APPROVE)
                .count();
        return (int) Math.max(1, request.requirement().people() - agreed);
    }

    private static String timeLeft(ApprovalRequest request, Instant now) {
        Duration left = Duration.between(now, request.decideBy());
        return left.isNegative() || left.isZero() ? "too late to decide" : "decide within " + Times.left(left);
    }

    private static String who(ApprovalRequest request) {
        String subject = name(request.subject());
        return request.actors().isEmpty() ? subject : subject + " through " + refs(request.actors());
    }

    private static String refs(List<Ref> refs) {
        return refs.stream().map(RequestText::name).collect(Collectors.joining(", "));
    }

    private static String name(Ref ref) {
        return Visible.of("user".equals(ref.type()) ? ref.id() : ref.toString());
    }

    /** The argument's value. */
    static String shown(ShownArgument argument) {
        return argument.value() == null && !argument.hidden() ? "⟨none⟩" : Visible.of(argument.text());
    }

    private static String value(ShownArgument argument) {
        String text = shown(argument);
        if (argument.lowerable()) {
            return text + " (you may approve less)";
        }
        return argument.bound() ? text : text + " (not part of what you approve)";
    }

    private static String rules(ApprovalRequest request) {
        String rules = request.rules().stream().map(Visible::of).collect(Collectors.joining(", "));
        return request.because().isEmpty() ? rules : rules + ": " + Visible.of(request.because());
    }

    private static String people(ApprovalRequest request) {
        String stages = request.requirement().stages().stream()
                .map(Terms::stage)
                .map(Visible::of)
                .collect(Collectors.joining(", and "));
        String names = request.asked().stream().map(Visible::of).collect(Collectors.joining(", "));
        return names.isEmpty() ? stages : stages + " (" + names + ")";
    }

    private static Optional<String> votes(ApprovalRequest request) {
        return request.votes().isEmpty()
                ? Optional.empty()
                : Optional.of(request.votes().stream()
                        .map(vote -> past(vote.verdict()) + " by " + cast(vote))
                        .collect(Collectors.joining(", ")));
    }

    private static String past(Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> "approved";
            case DENY -> "denied";
            case ABSTAIN -> "left open";
        };
    }

    private static String voters(ApprovalRequest request, Verdict verdict, String ifNobody) {
        List<CastVote> votes = request.votes().stream()
                .filter(vote -> vote.verdict() == verdict)
                .toList();
        return votes.isEmpty()
                ? ifNobody
                : votes.stream().map(RequestText::cast).collect(Collectors.joining(", ", " by ", ""));
    }

    private static String cast(CastVote vote) {
        String channel = vote.channel().isEmpty() ? "" : " at " + Visible.of(vote.channel());
        String reason = vote.reason().isEmpty() ? "" : " (" + Visible.of(vote.reason()) + ")";
        return Visible.of(vote.person()) + channel + reason;
    }

    private static void table(List<String> lines, List<Map.Entry<String, String>> rows) {
        int width = rows.stream()
                .mapToInt(row -> row.getKey().length())
                .filter(n -> n <= 24)
                .max()
                .orElse(0);
        for (Map.Entry<String, String> row : rows) {
            String gap = " ".repeat(Math.max(0, width - row.getKey().length()) + 3);
            lines.add("  " + row.getKey() + gap + row.getValue());
        }
    }
}
