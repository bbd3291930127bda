package io.jitapproval.cli;

import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.insight.Insight;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Suggestions for people. */
final class SuggestText {

    private static final int MOST_AGAINST = 5;
    private static final int MOST_ALIKE = 3;
    /** What makes policy tighter; the rest is for {@code jit insights}. */
    private static final List<Insight.Kind> TIGHTER = List.of(
            Insight.Kind.UNUSED_RULE,
            Insight.Kind.GRANT_TOO_LONG,
            Insight.Kind.TOO_MANY_USES,
            Insight.Kind.UNUSED_ACCESS,
            Insight.Kind.PEOPLE_WOULD_DENY,
            Insight.Kind.CONTRADICTION,
            Insight.Kind.SILENT_APPROVER,
            Insight.Kind.DECIDE_BY_TOO_SHORT,
            Insight.Kind.DECIDE_BY_TOO_LONG);

    private final StringBuilder out = new StringBuilder();
    private final Paint paint;
    private int number;

    private SuggestText(Paint paint) {
        this.paint = paint;
    }

    static String of(String history, Learnt learnt, Findings findings, Paint paint) {
        SuggestText text = new SuggestText(paint);
        text.head(history, learnt);
        learnt.suggestions().stream().filter(Suggestion::passed).forEach(text::suggested);
        TIGHTER.forEach(kind -> text.tighter(findings.of(kind)));
        learnt.suggestions().stream().filter(each -> !each.passed()).forEach(text::refused);
        if (learnt.suggestions().isEmpty()) {
            text.line("no suggestion: " + HistoryText.count(learnt.used(), "decision") + " of people, "
                    + learnt.approved() + " of them approved, are too few to learn from");
        }
        return text.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private void head(String history, Learnt learnt) {
        line(history + ": " + HistoryText.count(learnt.decisions(), "decision") + ", " + learnt.used()
                + " of them evidence, " + learnt.approved() + " approved"
                + (learnt.used() == 0 ? "" : "; " + day(learnt.from()) + " to " + day(learnt.to())));
        learnt.leftOut().forEach((why, times) -> line("  left out: " + times + " " + why));
        line("");
    }

    private static LocalDate day(java.time.Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private void title(String title) {
        number++;
        line(String.format(Locale.ROOT, "%-3d%s", number, paint.strong(title)));
    }

    private void suggested(Suggestion each) {
        title(each.title());
        each.why().forEach(why -> line("   " + why));
        each.notCovered().forEach(what -> line("   Not covered: " + what + "."));
        if (!each.against().isEmpty()) {
            line("   Against: " + String.join(", ", each.against().stream().limit(MOST_AGAINST).toList())
                    + (each.against().size() > MOST_AGAINST ? ", …" : "") + ".");
        }
        each.certificate().notes().forEach(note -> line("   Not checked: " + note + "."));
        line("   Expires " + day(each.expires()) + " unless renewed.");
    }

    private void tighter(List<Insight> alike) {
        alike.stream().limit(MOST_ALIKE).forEach(this::tighter);
        if (alike.size() > MOST_ALIKE) {
            line("   … and " + (alike.size() - MOST_ALIKE) + " more like it: see jit insights");
        }
    }

    private void tighter(Insight insight) {
        title(insight.title());
        line("   " + insight.why());
        if (!insight.bound().isEmpty()) {
            line("   " + insight.bound());
        }
    }

    private void refused(Suggestion each) {
        line(each.title() + ": " + String.join("; ", each.refusals()));
    }
}
