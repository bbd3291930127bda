package io.jitapproval.core.analysis;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.core.policy.PolicyView;
import io.jitapproval.core.policy.PolicyView.RuleView;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks for what is suspicious in a policy. Made for one look; not thread-safe. */
public final class Lint {

    private final PolicyView policy;
    private final Sources sources;
    private final Instant at;
    private final Present present;
    private final UnaryOperator<Space> view;
    private @Nullable List<Person> people;
    private @Nullable Set<String> actions;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Over one policy.
     *
     * @param policy    the policy
     * @param documents the documents that it was read from, for places; of rules that are in none of them no place is told
     * @param at        the present moment: requests are considered from then on
     */
    public Lint(Policy policy, List<PolicyText> documents, Instant at) {
        this(policy, documents, at, UnaryOperator.identity());
    }

    /** With another view of each space, for the broken twins of tests. */
    Lint(Policy policy, List<PolicyText> documents, Instant at, UnaryOperator<Space> view) {
        this.view = view;
        this.policy = new PolicyView(policy);
        this.sources = new Sources(documents);
        this.at = requireNonNull(at, "at");
        this.present = new Present(at);
    }

    /**
     * Looks for approvers among these people too.
     *
     * @param everybody all people that there are
     * @return this
     */
    public Lint people(Collection<Person> everybody) {
        people = List.copyOf(everybody);
        return this;
    }

    /**
     * Compares the actions that rules name with those that the code has.
     *
     * @param inventory the names of all actions in the code
     * @return this
     */
    public Lint actions(Collection<String> inventory) {
        actions = new TreeSet<>(inventory);
        return this;
    }

    /**
     * Looks.
     *
     * @return what was found, in the order of the documents; the same for the same input
     */
    public List<Finding> findings() {
        findings.clear();
        new RuleChecks(this).look();
        FieldChecks.look(this);
        TypeChecks.look(this);
        DocumentChecks.look(this);
        PeopleChecks.look(this, people);
        if (actions != null) {
            InventoryChecks.look(this, actions);
        }
        findings.sort(Comparator.comparing(Finding::origin)
                .thenComparing(finding -> finding.place().line())
                .thenComparing(finding -> finding.place().column())
                .thenComparing(Finding::check)
                .thenComparing(Finding::text));
        return List.copyOf(findings);
    }

    PolicyView policy() {
        return policy;
    }

    /** The space of these rules for an action. */
    Space space(String action, List<RuleView> rules) {
        return view.apply(Space.of(action, rules, present));
    }

    Sources sources() {
        return sources;
    }

    Instant at() {
        return at;
    }

    /** About a rule, at one of its fields; at its beginning if it has not got the field. */
    void add(Check check, RuleView rule, @Nullable String field, String text, String hint) {
        add(check, rule, field, text, hint, null);
    }

    void add(Check check, RuleView rule, @Nullable String field, String text, String hint, @Nullable Example example) {
        findings.add(new Finding(
                check, rule.origin(), sources.place(rule, field), rule.id(), text, hint, Optional.ofNullable(example)));
    }

    /** About a document. */
    void add(Check check, String origin, Place place, String text, String hint) {
        findings.add(new Finding(check, origin, place, "", text, hint, Optional.empty()));
    }
}
