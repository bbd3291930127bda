package io.jitapproval.examples.refunddesk;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Stage;
import io.jitapproval.examples.refunddesk.Result.Answered;
import io.jitapproval.spi.AuditRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened to a request on its way, told from its records. */
final class Course {

    private final List<Step> steps = new ArrayList<>();
    private final Optional<ApprovalRequest> request;
    private final List<Integer> ranks;
    private int stage = 1;

    private Course(Optional<ApprovalRequest> request) {
        this.request = request;
        this.ranks = ranks(request);
    }

    /** How many stages follow one another. */
    static int stages(Optional<ApprovalRequest> request) {
        return Math.max(1, ranks(request).size());
    }

    private static List<Integer> ranks(Optional<ApprovalRequest> request) {
        return request.stream()
                .flatMap(each -> each.requirement().stages().stream())
                .map(Stage::rank)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The steps in their order.
     *
     * @param records the records about the request
     * @param request the request
     * @param asides  what is not on record about it
     */
    static List<Step> of(List<AuditRecord> records, Optional<ApprovalRequest> request, List<Aside> asides) {
        Course course = new Course(request);
        records.forEach(course::add);
        asides.forEach(
                aside -> course.steps.add(Step.of(aside.at(), aside.what(), aside.by(), aside.text(), course.stage)));
        course.steps.sort(Comparator.comparing(Step::at));
        return List.copyOf(course.steps);
    }

    private void add(AuditRecord record) {
        switch (record.kind()) {
            case REQUESTED -> {
                if (ranks.size() > 1) {
                    add(record, Step.STAGE, "", needs(ranks.get(0)));
                }
            }
            case STAGE_OPENED -> {
                int rank = ((Number) record.details().getOrDefault("rank", 1)).intValue();
                stage = Math.max(1, ranks.indexOf(rank) + 1);
                add(record, Step.STAGE, "", needs(rank));
            }
            case VOTED, VOTE_REFUSED -> {
                Answered vote = vote(record);
                String what = vote.counted() ? vote.verdict() : "not counted";
                steps.add(new Step(record.time(), what, vote.by(), vote.why(), Optional.of(vote), stage));
            }
            case VOTE_TAKEN_BACK -> add(record, "taken back", by(record), "");
            case NOTED -> add(record, text(record, "note"), by(record), text(record, "text"));
            case CHANGED -> add(record, "changed", by(record), text(record, "what"));
            case ESCALATED -> add(record, Step.ESCALATED, "", escalated(record.details()));
            case REMINDED -> add(record, "reminded", "", "who has not voted");
            case DECIDED -> {
                if (record.reason() == Reason.APPROVAL_CANCELLED) {
                    add(record, Step.WITHDRAWN, by(record), "");
                }
            }
            case BREAK_GLASS ->
                add(
                        record,
                        Step.ALARM,
                        by(record),
                        "to " + list(record, "alarm") + "; to be reviewed by " + list(record, "review") + " before "
                                + record.details().get("due"));
            case DEBT_REVIEWED -> add(record, Step.REVIEWED, by(record), reviewed(record));
            default -> {
                // nothing that a reader of the report asks for
            }
        }
    }

    private void add(AuditRecord record, String what, String by, String text) {
        steps.add(Step.of(record.time(), what, by, text, stage));
    }

    private String needs(int rank) {
        return request.stream()
                .flatMap(each -> each.requirement().stages().stream())
                .filter(each -> each.rank() == rank)
                .map(each -> new Stage(each.ways(), 1, each.escalations()).toString())
                .collect(Collectors.joining(", and "));
    }

    private static String escalated(Map<String, Object> details) {
        String what = details.get("what") instanceof List<?> list
                ? list.stream()
                        .map(each -> String.valueOf(each).replaceFirst("^after \\S+ ", ""))
                        .collect(Collectors.joining("; "))
                : "";
        Object longer = details.get("decideBy");
        return what + (longer == null ? "" : (what.isEmpty() ? "" : "; ") + "now to be decided before " + longer);
    }

    private static String reviewed(AuditRecord record) {
        String why = text(record, "why");
        return text(record, "finding")
                + (why.isEmpty() ? "" : ", saying \"" + why + "\"")
                + (Boolean.TRUE.equals(record.details().get("overdue")) ? ", too late" : "");
    }

    private static String list(AuditRecord record, String name) {
        return record.details().get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "nobody";
    }

    private static String text(AuditRecord record, String name) {
        return String.valueOf(record.details().getOrDefault(name, ""));
    }

    private static String by(AuditRecord record) {
        return record.by().map(Findings::name).orElse(Findings.name(record.subject()));
    }

    private Answered vote(AuditRecord record) {
        return new Answered(
                voter(record),
                text(record, "standsFor"),
                text(record, "verdict"),
                text(record, "why"),
                terms(record),
                record.reason(),
                record.time());
    }

    /** What a vote gives that is not what was asked for. */
    private String terms(AuditRecord vote) {
        Map<String, Object> details = vote.details();
        if (!details.containsKey("scope")) {
            return "";
        }
        GrantScope scope = GrantScope.valueOf(text(vote, "scope").toUpperCase(Locale.ROOT));
        int uses = ((Number) details.getOrDefault("uses", 1)).intValue();
        Duration within = Duration.parse(text(vote, "within"));
        Optional<GrantTerms> asked = request.map(each -> each.requirement().grant());
        List<String> terms = new ArrayList<>();
        if (details.get("ceilings") instanceof Map<?, ?> ceilings) {
            ceilings.forEach((name, most) -> terms.add(name + " at most " + number(most)));
        }
        if (asked.map(GrantTerms::scope).filter(scope::equals).isEmpty()) {
            terms.add(scope.text());
        }
        if (asked.map(GrantTerms::uses).filter(each -> each == uses).isEmpty()) {
            terms.add(uses == 1 ? "1 use" : uses + " uses");
        }
        if (asked.map(GrantTerms::within).filter(within::equals).isEmpty()) {
            terms.add("within " + TextReport.length(within));
        }
        return String.join(", ", terms);
    }

    static String number(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    /** The person, and the account that the answer came from where that has another name. */
    private static String voter(AuditRecord vote) {
        String account = vote.by().map(Findings::name).orElse("somebody");
        String person = String.valueOf(vote.details().getOrDefault("person", account));
        return person.equals(account) ? person : person + " (" + account + ")";
    }
}
