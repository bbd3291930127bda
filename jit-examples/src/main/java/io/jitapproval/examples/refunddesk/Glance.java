package io.jitapproval.examples.refunddesk;

import io.jitapproval.Bundle;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.examples.refunddesk.Result.Answered;
import io.jitapproval.examples.refunddesk.Result.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything once more, one line a request, in sections: who asked for what, who said what, and what ran. */
final class Glance {

    private static final int WHAT = 34;
    private static final int HOW = 100;

    private Glance() {}

    /** The sections in their order: headings, and lines that begin with blanks. */
    static List<String> lines(List<Result> results) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            for (Result result : results) {
                if (section(result) == section) {
                    sections.computeIfAbsent(heading(section, result), heading -> new ArrayList<>())
                            .add(line(result));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        sections.forEach((heading, under) -> {
            lines.add(heading);
            lines.addAll(under);
        });
        return lines;
    }

    /** What a request is an example of, the rarer first. */
    private enum Section {
        RULE("Policy allows it, or a rule agrees in people's place"),
        APPROVED("People agreed"),
        EARLIER("Covered by what people agreed to earlier"),
        NARROWED("People agreed to less than was asked"),
        STAGES("One stage after the other"),
        STAND_IN("Somebody votes in another's place"),
        ESCALATED("Nobody answered in time, so others were asked"),
        TALK("Questions, answers and second thoughts"),
        BUNDLE("Asked together, decided one by one"),
        KEPT("Kept, and run once on approval, without the caller"),
        EMERGENCY("Emergencies: run at once, alarmed, reviewed afterwards"),
        DENIED("Somebody said no"),
        UNDECIDED("Nobody could or did decide"),
        PENDING("People have been asked and have not decided"),
        POLICY("Policy says no");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }
    }

    private static Section section(Result result) {
        if (result.way() == Way.BUNDLE) {
            return Section.BUNDLE;
        }
        if (result.way() == Way.REPLAY) {
            return Section.KEPT;
        }
        if (result.way() == Way.BREAK_GLASS) {
            return Section.EMERGENCY;
        }
        if (result.stages() > 1) {
            return Section.STAGES;
        }
        List<Answered> counted =
                result.votes().stream().filter(Answered::counted).toList();
        if (result.votes().stream().anyMatch(vote -> !vote.standsFor().isEmpty())) {
            return Section.STAND_IN;
        }
        if (result.has(Step.ESCALATED)) {
            return Section.ESCALATED;
        }
        if (result.course().stream().anyMatch(step -> step.vote().isEmpty())) {
            return Section.TALK;
        }
        if (result.decision().equals(Result.PENDING)) {
            return Section.PENDING;
        }
        if (result.decision().equals(Result.ALLOW)) {
            return result.earlier()
                    ? Section.EARLIER
                    : counted.isEmpty()
                            ? Section.RULE
                            : counted.stream().anyMatch(vote -> !vote.terms().isEmpty())
                                    ? Section.NARROWED
                                    : Section.APPROVED;
        }
        if (result.reason() == Reason.APPROVAL_DENIED) {
            return Section.DENIED;
        }
        return result.requestId().isPresent() || result.reason() == Reason.APPROVAL_UNREACHABLE
                ? Section.UNDECIDED
                : Section.POLICY;
    }

    private static String heading(Section section, Result result) {
        Optional<Bundle> bundle = result.bundle();
        return bundle.isPresent()
                ? section.heading + ": \"" + bundle.get().title() + "\", "
                        + bundle.get().status().word()
                : section.heading;
    }

    private static String line(Result result) {
        EvaluationRequest request = result.asked().request();
        String action = request.action().name();
        String what = Findings.name(request.subject().ref()) + "  " + action.substring(action.lastIndexOf('.') + 1)
                + amount(request) + "  " + request.resource().ref();
        return String.format("%5d  %-" + WHAT + "s  ", result.asked().line(), cut(Visible.of(what), WHAT))
                + cut(Visible.of(how(result)), HOW - WHAT - 9 - ran(result).length())
                + ran(result);
    }

    private static String amount(EvaluationRequest request) {
        @Nullable Object amount = request.action().properties().get("amount");
        return amount == null ? "" : " " + Course.number(amount);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }

    private static String ran(Result result) {
        return switch (result.outcome()) {
            case Result.SUCCEEDED ->
                " -> entry " + result.entry().map(String::valueOf).orElse("?");
            case Result.FAILED -> " -> failed";
            default -> " -> not run";
        };
    }

    private static String how(Result result) {
        List<String> stages = new ArrayList<>();
        for (int stage = 1; stage <= result.stages(); stage++) {
            String votes = votes(result, stage);
            if (!votes.isEmpty()) {
                stages.add(votes);
            }
        }
        String said = String.join(", then ", stages);
        boolean told = result.reason() == Reason.APPROVED || result.reason() == Reason.APPROVAL_DENIED;
        String end = told && !said.isEmpty() ? "" : reason(result);
        if (result.earlier()) {
            return String.join(", ", result.approvedBy()) + " earlier, use " + result.use();
        }
        String how = said.isEmpty() ? end : said + (end.isEmpty() ? "" : "; " + end);
        String reviews = result.course().stream()
                .filter(step -> step.what().equals(Step.REVIEWED))
                .map(step -> ", reviewed by " + step.by())
                .collect(Collectors.joining());
        List<String> counted = result.votes().stream()
                .filter(Answered::counted)
                .map(Answered::by)
                .toList();
        String refused = result.votes().stream()
                .filter(vote -> !vote.counted() && !counted.contains(vote.by()))
                .map(vote -> vote.by() + " " + vote.result().word())
                .distinct()
                .collect(Collectors.joining(", "));
        return how + reviews + (refused.isEmpty() ? "" : " (not counted: " + refused + ")");
    }

    private static String reason(Result result) {
        return switch (result.reason()) {
            case AUTO_APPROVED -> String.join(", ", result.approvedBy());
            case POLICY_ALLOWED, POLICY_DENIED -> String.join(", ", result.rules());
            default -> result.reason().word();
        };
    }

    private static String votes(Result result, int stage) {
        return result.course().stream()
                .filter(step -> step.stage() == stage)
                .flatMap(step -> step.vote().stream())
                .filter(Answered::counted)
                .map(vote -> vote.by()
                        + (vote.standsFor().isEmpty() ? "" : " for " + vote.standsFor())
                        + (vote.verdict().equals("approve")
                                ? ""
                                : vote.verdict().equals("deny") ? " denies" : " abstains")
                        + (vote.terms().isEmpty() ? "" : " (" + vote.terms() + ")"))
                .collect(Collectors.joining(", "));
    }
}
