package io.jitapproval.core.feedback.evidence;

import io.jitapproval.core.feedback.evidence.Certificate.How;
import io.jitapproval.core.feedback.evidence.Certifier.Verdict;
import io.jitapproval.core.feedback.stats.Binomial;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A suggestion while it is being written. */
final class Draft {

    private static final int MOST_AGAINST = 20;
    private static final int LEAST_STRATUM = 59;
    private static final int MOST_STRATA = 40;
    private static final double STRATUM_CONFIDENCE = 0.95;
    private static final double DAYS_A_WEEK = 7;
    /** Of what would be approved, people still see one in ten. */
    private static final BigDecimal AUDIT = new BigDecimal("0.1");

    private static final double SHORT = 0.1;

    private final Rows rows;
    private final Encoding encoding;
    private final boolean[] yes;
    private final Learner.Settings settings;
    private final String action;
    private final Suggestion.Form form;
    private final List<String> why = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notCovered = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
    private List<Map<String, Object>> rules = List.of();
    private int[] covered = new int[0];
    private long needed;

    Draft(
            Rows rows,
            Encoding encoding,
            boolean[] yes,
            Learner.Settings settings,
            int action,
            Suggestion.Form form) {
        this.rows = rows;
        this.encoding = encoding;
        this.yes = yes;
        this.settings = settings;
        this.action = encoding.actions.get(action);
        this.form = form;
        if (Gates.isClosed(this.action)) {
            refusals.add(this.action + " changes policy or gives rights: it is never approved without people");
        }
    }

    /** What is let through of what was checked; says what the gates say of it. */
    void members(int[] letThrough) {
        covered = letThrough;
        if (covered.length > 0) {
            Gates.Support support = Gates.support(rows, covered);
            refusals.addAll(Gates.refusals(support));
            unchecked.addAll(Gates.unchecked(support));
        }
    }

    boolean[] wrong(int[] members) {
        boolean[] wrong = new boolean[members.length];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = !yes[members[i]];
        }
        return wrong;
    }

    void nothing(Verdict verdict, int size) {
        if (verdict.needed().isPresent()) {
            long more = Math.max(1, verdict.needed().getAsLong() - size);
            needed = settings.how() == How.SPLIT ? (long) Math.ceil(more / 0.3) : more;
            refusals.add("nothing can be proved yet: about " + Figures.count(needed) + " more decisions are needed, if they come as these");
        } else {
            refusals.add("no part of it is wrong less often than " + Figures.percent(settings.maxWrong())
                    + ": more decisions like these would not help");
        }
    }

    void drift() {
        refusals.add("the newest decisions are wrong more often than " + Figures.percent(settings.maxWrong())
                + ", and not by chance: people decide otherwise than they used to");
    }

    boolean passes() {
        return refusals.isEmpty() && covered.length > 0;
    }

    void rules(List<Map<String, Object>> suggested) {
        rules = suggested;
    }

    void why(String line) {
        why.add(line);
    }

    void notCovered(String what) {
        notCovered.add(what);
    }

    Certificate certificate(Verdict verdict, int size, int learnt) {
        return new Certificate(
                settings.how(),
                action,
                settings.maxWrong(),
                settings.confidence(),
                verdict.tried(),
                verdict.level(),
                learnt,
                size,
                verdict.covered(),
                verdict.wrong(),
                verdict.bound(),
                needed,
                worst(),
                unchecked);
    }

    /** The value whose requests are wrong most often, among those that enough of what is let through has. */
    private Optional<Certificate.Stratum> worst() {
        Certificate.Stratum worst = null;
        for (int c = 0; c < encoding.columns.size(); c++) {
            Column column = encoding.columns.get(c);
            if (column.size() > MOST_STRATA) {
                continue;
            }
            int[] decided = new int[column.size() + 1];
            int[] wrong = new int[column.size() + 1];
            for (int member : covered) {
                int code = encoding.codes[c][member];
                if (code > 0) {
                    decided[code]++;
                    wrong[code] += yes[member] ? 0 : 1;
                }
            }
            for (int code = 1; code < decided.length; code++) {
                double rate = decided[code] < LEAST_STRATUM ? -1 : (double) wrong[code] / decided[code];
                if (rate >= 0
                        && decided[code] < covered.length
                        && (worst == null || rate > (double) worst.wrong() / worst.covered())) {
                    worst = new Certificate.Stratum(
                            column.show(code),
                            decided[code],
                            wrong[code],
                            Binomial.upper(wrong[code], decided[code], STRATUM_CONFIDENCE));
                }
            }
        }
        return Optional.ofNullable(worst);
    }

    Suggestion suggestion(Certificate certificate, Optional<Certificate.Stratum> novel, List<Suggestion.Point> curve) {
        Suggestion.Support support = support();
        boolean passed = passes();
        List<Map<String, Object>> whole = passed
                ? rules.stream().map(rule -> complete(rule, certificate)).toList()
                : List.of();
        List<String> text = new ArrayList<>(why);
        text.addAll(Explaining.lines(certificate, support, settings.how()));
        List<String> against = Arrays.stream(covered)
                .filter(i -> !yes[i])
                .limit(MOST_AGAINST)
                .mapToObj(i -> rows.id(rows.order()[i]))
                .toList();
        Instant newest = rows.time(rows.order()[rows.order().length - 1]);
        return new Suggestion(
                form.name().toLowerCase(Locale.ROOT) + ":" + action,
                form,
                action,
                passed,
                title(passed, certificate),
                whole,
                certificate,
                novel,
                support,
                text,
                against,
                notCovered,
                refusals,
                curve,
                newest.plus(Gates.EXPIRY));
    }

    private String title(boolean passed, Certificate certificate) {
        String how = form == Suggestion.Form.SCORE ? "by its evidence" : "by rules that can be read";
        return passed
                ? "auto-approve " + Figures.percent(certificate.coverage()) + " of " + action + " " + how
                : "no suggestion for " + action + " " + how;
    }

    private Suggestion.Support support() {
        Gates.Support counted = Gates.support(rows, covered);
        int[] order = rows.order();
        Instant from = rows.time(order[covered.length == 0 ? 0 : covered[0]]);
        Instant to = rows.time(order[covered.length == 0 ? order.length - 1 : covered[covered.length - 1]]);
        double days = Math.max(1, (double) Duration.between(from, to).toSeconds() / Duration.ofDays(1).toSeconds());
        double[] waits = Arrays.stream(covered)
                .mapToDouble(i -> rows.waited(order[i]))
                .filter(wait -> !Double.isNaN(wait))
                .sorted()
                .toArray();
        return new Suggestion.Support(
                counted.decisions(),
                counted.approved(),
                counted.subjects(),
                counted.deciders(),
                counted.days(),
                from,
                to,
                counted.approved() / days * DAYS_A_WEEK,
                waits.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(waits[waits.length / 2]));
    }

    /** A rule as it stands in a document, with what all rules of a suggestion share. */
    Map<String, Object> complete(Map<String, Object> rule, Certificate certificate) {
        Map<String, Object> whole = new LinkedHashMap<>(rule);
        whole.put(
                "because",
                "Learnt from " + Figures.count(certificate.learnt()) + " decisions: of "
                        + Figures.count(certificate.covered()) + " checked people denied "
                        + Figures.count(certificate.wrong()) + ", at most " + Figures.percent(certificate.bound()) + ".");
        whole.put("audit", AUDIT);
        granted().ifPresent(within -> whole.put("grant", Map.of("within", within.toString(), "uses", 1)));
        return whole;
    }

    /** No longer than nearly all that people have given; empty if the history does not say what they gave. */
    private Optional<Duration> granted() {
        double[] given = Arrays.stream(covered)
                .filter(i -> yes[i])
                .mapToDouble(i -> rows.granted(rows.order()[i]))
                .filter(seconds -> seconds >= 1)
                .sorted()
                .toArray();
        return given.length == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) given[(int) (given.length * SHORT)]));
    }

    /** An automatic rule. */
    static Map<String, Object> rule(String id, String action, Map<String, Object> when) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("actions", List.of(action));
        rule.put("when", when);
        rule.put("effect", "auto-approve");
        return rule;
    }

    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
