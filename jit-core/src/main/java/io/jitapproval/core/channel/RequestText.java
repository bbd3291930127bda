package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.explain.Visible;
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

    /** As much of a value as a person reads who asks for all of it. */
    private static final int IN_FULL = 10_000;

    private RequestText() {}

    /** The question. */
    static List<String> lines(ApprovalRequest request, Instant now) {
        List<String> lines = new ArrayList<>();
        String asks = who(request) + " asks to  " + Visible.of(request.action()) + "  on "
                + Visible.of(request.resource().toString());
        String left = timeLeft(request, now);
        int gap = Wrap.COLUMNS - asks.length() - left.length();
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        if (gap >= 2) {
            lines.add(asks + " ".repeat(gap) + left);
        } else {
            lines.add(asks);
            rows.add(Map.entry("time", left));
        }
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
        stages(request, rows);
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
        for (ShownArgument argument : request.arguments()) {
            if (!argument.hidden() && argument.text().length() > Visible.MAX_LENGTH) {
                rows.put(Visible.of(argument.name()) + " in full", Visible.of(argument.text(), IN_FULL));
            }
        }
        if (request.arguments().stream().anyMatch(argument -> !argument.bound())) {
            rows.put("", "what is marked may still change: it is not part of what you approve");
        }
        if (request.arguments().stream().anyMatch(ShownArgument::hidden)) {
            rows.put("••••", "a sensitive value: nobody is shown it, but it is part of the record as a commitment");
        }
        if (!request.preview().isEmpty()) {
            rows.put("»", "what the application says it would do, computed when it was asked");
        }
        if (!request.notes().isEmpty()) {
            rows.put(
                    "said",
                    request.notes().stream()
                            .map(note -> name(note.by()) + ", " + note.kind().word() + ": " + Visible.of(note.text()))
                            .collect(Collectors.joining("; ")));
        }
        int denials = request.requirement().votes().denials();
        rows.put("narrow", "gives less than what is asked: shorter, fewer uses, only this exact call, lower numbers");
        rows.put("deny", denials == 1 ? "is final for this request" : "is final with " + denials + " denials");
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

    /** Who has to agree: at once, or one stage after the other. */
    private static void stages(ApprovalRequest request, List<Map.Entry<String, String>> rows) {
        String told = told(request);
        List<Integer> ranks = ranks(request);
        if (ranks.size() <= 1) {
            String stages = stage(request, request.progress().rank(), true);
            rows.add(Map.entry("asks", stages + (told.isEmpty() ? "" : " (" + told + ")")));
            return;
        }
        int open = ranks.indexOf(request.progress().rank());
        for (int i = 0; i < ranks.size(); i++) {
            String state = i < open ? "done: " : i == open ? "open now: " : "afterwards: ";
            rows.add(
                    Map.entry("stage " + (i + 1) + " of " + ranks.size(), state + stage(request, ranks.get(i), false)));
        }
        if (!told.isEmpty()) {
            rows.add(Map.entry("asked", told));
        }
    }

    private static String told(ApprovalRequest request) {
        String names = request.asked().stream().map(Visible::of).collect(Collectors.joining(", "));
        boolean more = !names.isEmpty() && request.eligible() > request.asked().size();
        return more ? names + "; " + request.eligible() + " may decide" : names;
    }

    private static List<Integer> ranks(ApprovalRequest request) {
        return request.requirement().stages().stream()
                .map(Stage::rank)
                .distinct()
                .sorted()
                .toList();
    }

    private static String stage(ApprovalRequest request, int rank, boolean any) {
        return request.requirement().stages().stream()
                .filter(each -> any || each.rank() == rank)
                .map(Terms::stage)
                .map(Visible::of)
                .collect(Collectors.joining(", and "));
    }

    /** What is new for somebody who has seen it as it was before. */
    static List<String> news(ApprovalRequest before, ApprovalRequest now) {
        List<String> news = new ArrayList<>();
        now.notes().stream()
                .skip(before.notes().size())
                .filter(note -> note.kind() == Note.Kind.INFORMATION || note.kind() == Note.Kind.CHANGE)
                .forEach(note -> news.add((note.kind() == Note.Kind.CHANGE
                                ? "changed: "
                                : note.by().id() + " says: ")
                        + note.text()));
        return news.isEmpty() ? List.of("version " + before.version() + " has become version " + now.version()) : news;
    }

    /** What became of a vote, in a line. */
    static String receipt(VoteReceipt receipt, Vote vote, Instant now) {
        ApprovalRequest after = receipt.request().orElse(null);
        if (!receipt.counted()) {
            return "Not counted: " + receipt.reason().text() + " ("
                    + receipt.reason().code() + ")."
                    + (after == null || after.state() == ApprovalRequest.State.PENDING
                            ? ""
                            : System.lineSeparator() + end(after, now));
        }
        if (after == null) {
            return "Counted.";
        }
        String counted = vote.verdict() == Verdict.ABSTAIN ? "Counted, as neither yes nor no. " : "Counted. ";
        return counted
                + switch (after.state()) {
                    case PENDING -> pending(after);
                    case APPROVED -> "Approved: " + Narrowing.gives(Narrowing.given(after, vote), after.action()) + ".";
                    case DENIED -> "The request is denied.";
                    case EXPIRED, CANCELLED, FAILED -> end(after, now) + ".";
                };
    }

    private static String pending(ApprovalRequest after) {
        List<Integer> ranks = ranks(after);
        int open = ranks.indexOf(after.progress().rank());
        return missing(after) + " more must agree"
                + (ranks.size() > 1 && open >= 0
                        ? "; stage " + (open + 1) + " of " + ranks.size() + " is open: "
                                + stage(after, ranks.get(open), false)
                        : "")
                + ".";
    }

    /** What the keys do. */
    static List<String> help() {
        List<Map.Entry<String, String>> rows = List.of(
                Map.entry("a approve", "yes, to exactly this; words behind the key are your reason"),
                Map.entry("n narrow", "yes, to less: shorter, fewer uses, only this call, lower numbers"),
                Map.entry("d deny", "no; asks why"),
                Map.entry("b abstain", "neither yes nor no: others decide"),
                Map.entry("q question", "asks the requester; decides nothing, and time goes on"),
                Map.entry("c comment", "says something to all who are asked; decides nothing"),
                Map.entry("l later", "the next one; this one comes again"),
                Map.entry("2, 3, …", "goes to that request of the list"),
                Map.entry("? details", "everything about it"),
                Map.entry("h help", "this"));
        List<String> lines = new ArrayList<>();
        table(lines, rows);
        lines.add("Enter alone decides nothing, and neither does the end of the input.");
        return lines;
    }

    /** Who said what last. */
    static String saying(ApprovalRequest request) {
        return request.notes().isEmpty()
                ? ""
                : request.notes().get(request.notes().size() - 1).by() + " "
                        + request.notes().get(request.notes().size() - 1).text();
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
        String place =
                vote.standsFor().map(person -> " for " + Visible.of(person)).orElse("");
        String terms = vote.narrowed().isPresent() ? " for less" : "";
        return Visible.of(vote.person()) + place + terms + channel + reason;
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
