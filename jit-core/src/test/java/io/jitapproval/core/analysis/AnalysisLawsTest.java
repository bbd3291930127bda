package io.jitapproval.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.Decision;
import io.jitapproval.Explanation.Match;
import io.jitapproval.core.analysis.Drafts.Draft;
import io.jitapproval.core.analysis.Drafts.Pair;
import io.jitapproval.core.analysis.PolicyDiff.Side;
import io.jitapproval.core.analysis.PolicyDiff.State;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What analysis says is true: examples are what they are said to be, and what is said not to be there is nowhere. */
@Label("lint and diff say nothing that is not so")
class AnalysisLawsTest {

    private static final int PROBES = 100;

    /** A law about one pair of policies, as a solver with this view of the space sees it; fails with an AssertionError. */
    @FunctionalInterface
    private interface Law {
        void check(Pair pair, UnaryOperator<Space> view, Random random);
    }

    private static final Law DIFF = (pair, view, random) -> {
        Policy before = pair.before().policy();
        Policy after = pair.after().policy();
        PolicyDiff diff = new Differ(before, after, Probes.AT, view).diff();
        for (PolicyDiff.Change change : diff.changes()) {
            checkStep(change.easier(), before, after, true);
            checkStep(change.harder(), before, after, false);
        }
        checkStep(diff.easier(), before, after, true);
        checkStep(diff.harder(), before, after, false);
        Probes probes = new Probes(random);
        for (int i = 0; i < PROBES; i++) {
            Example probe = probes.next();
            Ease ease = Ease.of(probe.under(before), probe.under(after));
            if (diff.easier().state() == State.NONE) {
                assertThat(ease.isEasier()).as("%s\n%s", probe, pair).isFalse();
            }
            if (diff.harder().state() == State.NONE) {
                assertThat(ease.isHarder()).as("%s\n%s", probe, pair).isFalse();
            }
        }
    };

    private static final Law LINT = (pair, view, random) -> {
        Draft draft = pair.before();
        Policy policy = draft.policy();
        PolicyView views = new PolicyView(policy);
        List<Finding> findings = new Lint(policy, List.of(draft.text()), Probes.AT, view).findings();
        Probes probes = new Probes(random);
        for (int i = 0; i < PROBES; i++) {
            Example probe = probes.next();
            Map<RuleView, Match> left = outcomes(views, probe);
            for (Finding finding : findings) {
                RuleView rule = views.rules().stream()
                        .filter(each -> each.id().equals(finding.rule()))
                        .findFirst()
                        .orElse(null);
                if (finding.check() == Check.NEVER_MATCHES) {
                    assertThat(left.get(rule)).as("%s\n%s", finding, probe).isNotEqualTo(Match.MATCHED);
                } else if (finding.check() == Check.DECIDED_BY_OTHERS) {
                    left.remove(rule);
                }
            }
            Decision without = views.combined(left);
            Decision decision = probe.under(policy);
            assertThat(List.of(without.reason(), Ease.of(decision, without)))
                    .as("without what changes no answer: %s\n%s\n%s", findings, probe, draft)
                    .isEqualTo(List.of(decision.reason(), Ease.SAME));
        }
    };

    private static final Law CELLS = (pair, view, random) -> {
        List<RuleView> rules = new PolicyView(pair.before().policy()).rules();
        Probes probes = new Probes(random);
        for (String action : List.of("pay.refund")) {
            Space space = view.apply(Space.of(action, rules, new Present(Probes.AT)));
            for (int i = 0; i < PROBES; i++) {
                Example probe = probes.next();
                for (Dimension dimension : space.dimensions()) {
                    int[] outcomes = space.outcomes(dimension, probe);
                    boolean exact = dimension.inexact() == null;
                    assertThat(!exact
                                    || dimension.cells().stream()
                                            .anyMatch(cell -> Arrays.equals(cell.outcomes(), outcomes)))
                            .as("%s\n%s\n%s", probe.json(), probe.failing(), pair.before())
                            .isTrue();
                }
            }
        }
    };

    @Provide
    Arbitrary<Pair> pairs() {
        return Drafts.pairs();
    }

    @Label("whatever comparisons on an attribute come out as, there is a cell for it")
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void cells(@ForAll("pairs") Pair pair, @ForAll Random random) {
        CELLS.check(pair, UnaryOperator.identity(), random);
    }

    @Label("each example of a difference is one, and where there is none, none is found by trying")
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void differences(@ForAll("pairs") Pair pair, @ForAll Random random) {
        DIFF.check(pair, UnaryOperator.identity(), random);
    }

    @Label("a rule that can never match does not, and one that others decide changes nothing")
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void findings(@ForAll("pairs") Pair pair, @ForAll Random random) {
        LINT.check(pair, UnaryOperator.identity(), random);
    }

    @Label("what became easier one way became harder the other way")
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void mirrored(@ForAll("pairs") Pair pair) {
        Policy before = pair.before().policy();
        Policy after = pair.after().policy();
        PolicyDiff there = PolicyDiff.of(before, after, Probes.AT);
        PolicyDiff back = PolicyDiff.of(after, before, Probes.AT);
        assertMirrored(there.harder(), back.easier());
        assertMirrored(there.easier(), back.harder());
        assertThat(PolicyDiff.of(before, before, Probes.AT).changes()).isEmpty();
        assertThat(PolicyDiff.of(before, after, Probes.AT).json()).isEqualTo(there.json());
    }

    @Label("the laws are sharp: each fails on a solver that overlooks what is missing, or what is unknown")
    @net.jqwik.api.Example
    void brokenTwinsAreFound() {
        UnaryOperator<Space> ignoresMissing = space -> space.with(cell -> cell.samples() != null
                        && cell.samples().values().stream().anyMatch(sample -> sample.state() != Sample.State.VALUE)
                ? null
                : cell);
        UnaryOperator<Space> ignoresUnknown = space -> space.with(
                cell -> Arrays.stream(cell.outcomes()).anyMatch(mask -> mask == Masks.UNKNOWN) ? null : cell);
        for (UnaryOperator<Space> twin : List.of(ignoresMissing, ignoresUnknown)) {
            for (Law law : List.of(CELLS, DIFF, LINT)) {
                assertThat(breaks(law, twin, 3000)).isTrue();
            }
        }
        for (Law law : List.of(CELLS, DIFF, LINT)) {
            assertThat(breaks(law, UnaryOperator.identity(), 8)).isFalse();
        }
    }

    private static void assertMirrored(Side there, Side back) {
        if (there.state() != State.UNDECIDED && back.state() != State.UNDECIDED) {
            assertThat(back.state()).isEqualTo(there.state());
        }
    }

    private static boolean breaks(Law law, UnaryOperator<Space> view, int tries) {
        Random random = new Random(20261121);
        for (int i = 0; i < tries; i++) {
            try {
                law.check(Drafts.pair(random), view, random);
            } catch (AssertionError e) {
                return true;
            }
        }
        return false;
    }

    private static void checkStep(Side side, Policy before, Policy after, boolean easier) {
        side.step().ifPresent(step -> {
            Decision was = step.example().under(before);
            Decision is = step.example().under(after);
            Ease ease = Ease.of(was, is);
            assertThat(easier ? ease.isEasier() : ease.isHarder()).isTrue();
            assertThat(step.before()).isEqualTo(was);
            assertThat(step.after()).isEqualTo(is);
        });
    }

    private static Map<RuleView, Match> outcomes(PolicyView policy, Example probe) {
        String action = probe.request().action().name();
        Map<RuleView, Match> outcomes = new HashMap<>();
        for (RuleView rule : policy.rules()) {
            if (rule.actions().stream().anyMatch(pattern -> ActionMap.fits(pattern, action))) {
                outcomes.put(rule, rule.test(probe.request(), probe.time(), probe.lookup()));
            }
        }
        return outcomes;
    }
}
