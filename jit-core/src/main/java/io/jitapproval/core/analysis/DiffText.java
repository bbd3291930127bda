package io.jitapproval.core.analysis;

import io.jitapproval.Decision;
import io.jitapproval.Requirement;
import io.jitapproval.core.analysis.PolicyDiff.Change;
import io.jitapproval.core.analysis.PolicyDiff.Kind;
import io.jitapproval.core.analysis.PolicyDiff.Side;
import io.jitapproval.core.analysis.PolicyDiff.State;
import io.jitapproval.core.analysis.PolicyDiff.Step;
import io.jitapproval.core.explain.Terms;

/** Writes a difference for people. */
final class DiffText {

    private static final String INDENT = "            ";

    private final StringBuilder out = new StringBuilder();

    private DiffText() {}

    static String write(PolicyDiff diff) {
        DiffText text = new DiffText();
        String moved = diff.moved() ? "rules stand in another order, which changes no answer\n" : "";
        if (diff.changes().isEmpty()) {
            return moved
                    + (diff.before().equals(diff.after())
                            ? "the policies say the same"
                            : "neither a rule nor the default differs in what it does or says")
                    + "\n";
        }
        text.out.append(moved);
        diff.changes().forEach(text::change);
        text.whole("easier", diff.easier());
        text.whole("harder", diff.harder());
        return text.out.toString();
    }

    private void change(Change change) {
        String name = change.rule().isEmpty() ? "the default" : change.rule();
        String fields =
                change.rule().isEmpty() || change.fields().isEmpty() ? "" : ": " + String.join(", ", change.fields());
        if (change.kind() == Kind.TEXT) {
            out.append("text      ").append(name).append(fields).append(" (for people alone)\n");
            return;
        }
        out.append(String.format("%-9s %s%s\n", change.kind().word(), name, fields));
        side("easier", change.easier());
        side("harder", change.harder());
        if (change.easier().state() == State.NONE && change.harder().state() == State.NONE) {
            out.append("  no request fares differently by it\n");
        }
    }

    private void side(String word, Side side) {
        if (side.state() == State.NONE) {
            return;
        }
        out.append("  ").append(word).append("    ");
        side.step()
                .ifPresentOrElse(
                        this::step,
                        () -> out.append("cannot decide, because ")
                                .append(side.why())
                                .append('\n'));
    }

    private void step(Step step) {
        out.append(answer(step.before()))
                .append(" -> ")
                .append(answer(step.after()))
                .append('\n');
        out.append(INDENT).append(step.example().json()).append('\n');
        step.example()
                .provided()
                .forEach((path, value) -> out.append(INDENT)
                        .append("where a provider says that ")
                        .append(path)
                        .append(" is ")
                        .append(ExampleJson.render(json -> ExampleJson.value(json, value)))
                        .append('\n'));
        step.example()
                .failing()
                .forEach(path -> out.append(INDENT)
                        .append("where looking up ")
                        .append(path)
                        .append(" fails\n"));
    }

    private void whole(String word, Side side) {
        switch (side.state()) {
            case FOUND -> out.append("some requests became ").append(word).append('\n');
            case NONE -> out.append("no request became ").append(word).append('\n');
            case UNDECIDED ->
                out.append("cannot decide whether a request became ")
                        .append(word)
                        .append(", because ")
                        .append(side.why())
                        .append('\n');
        }
    }

    /** The answer and what it asks or gives, on one line. */
    static String answer(Decision decision) {
        String by = decision.rules().isEmpty() ? "" : " by " + String.join(", ", decision.rules());
        if (decision instanceof Decision.ApprovalRequired asked) {
            return "approval required" + by + " (" + Terms.asks(asked.requirement()) + ", gives "
                    + gives(asked.requirement()) + ")";
        }
        if (decision instanceof Decision.Permit permit && permit.automatic().isPresent()) {
            return "permitted automatically" + by + " (gives "
                    + gives(permit.automatic().get()) + ")";
        }
        return switch (decision.reason()) {
            case POLICY_DENIED -> "denied" + by;
            case NO_RULE_MATCHED -> "denied, since no rule matches";
            default -> "permitted" + by;
        };
    }

    private static String gives(Requirement requirement) {
        return Terms.gives(requirement.grant(), "") + ", used within " + Terms.words(requirement.useWithin());
    }
}
