package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Rules;
import io.jitapproval.Suspension;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where rules are suspended and resumed. */
final class RuleDesk implements Rules {

    private static final String WHAT = "rules";
    private static final String ACTION = "policy.rule";
    private static final Set<String> MACHINES = Set.of("system", "service");

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final PolicyInForce policy;

    RuleDesk(GuardSettings settings, Journal journal, PolicyInForce policy) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.policy = policy;
    }

    @Override
    public List<Suspension> suspended() {
        return Failures.guarded(WHAT, phase -> Suspensions.all(store));
    }

    @Override
    public Reason suspend(String ruleId, Ref by, String why) {
        requireNonNull(by, "by");
        requireNonNull(why, "why");
        return Failures.guarded(WHAT, phase -> {
            phase.enter(Reason.POLICY_UNAVAILABLE);
            String version = policy.policy().version();
            if (!policy.policy().isAutoApproval(ruleId)) {
                return Reason.RULE_UNKNOWN;
            }
            phase.enter(Reason.STORE_UNAVAILABLE);
            return store.changeEntry(
                    Suspensions.KIND,
                    ruleId,
                    (current, now) -> current.isPresent()
                            ? Step.nothing(Reason.RULE_SUSPENDED)
                            : Step.to(
                                    Suspensions.entry(new Suspension(ruleId, by, why, now)),
                                    Reason.RULE_SUSPENDED,
                                    record(Kind.RULE_SUSPENDED, ruleId, by, version, why(why), now)),
                    journal);
        });
    }

    @Override
    public Reason resume(String ruleId, Ref by, String why) {
        requireNonNull(why, "why");
        return Failures.guarded(WHAT, phase -> {
            if (MACHINES.contains(by.type().toLowerCase(Locale.ROOT))) {
                return Reason.RESUMER_NO_PERSON;
            }
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> person = people.find(by);
            if (person.isEmpty()) {
                return Reason.RESUMER_NO_PERSON;
            }
            phase.enter(Reason.STORE_UNAVAILABLE);
            String version = policy.policy().version();
            return store.changeEntry(
                    Suspensions.KIND,
                    ruleId,
                    (current, now) -> current.isEmpty()
                            ? Step.nothing(Reason.RULE_UNKNOWN)
                            : Step.to(
                                    over(current.get(), now),
                                    Reason.RULE_RESUMED,
                                    record(
                                            Kind.RULE_RESUMED,
                                            ruleId,
                                            by,
                                            version,
                                            resumed(why, person.get(), current.get()),
                                            now)),
                    journal);
        });
    }

    private static StoreEntry over(StoreEntry entry, Instant now) {
        return new StoreEntry(entry.kind(), entry.key(), entry.data(), now);
    }

    private static Map<String, Object> why(String why) {
        return why.isEmpty() ? Map.of() : Map.of("why", why);
    }

    private static Map<String, Object> resumed(String why, Person person, StoreEntry entry) {
        Suspension before = Suspensions.of(entry);
        Map<String, Object> details = new LinkedHashMap<>(why(why));
        details.put("person", person.id());
        details.put("suspendedBy", before.by().toString());
        details.put("since", before.since());
        return details;
    }

    private static AuditRecord record(
            Kind kind, String rule, Ref by, String policy, Map<String, Object> details, Instant now) {
        return new AuditRecord(
                now,
                kind,
                by,
                List.of(),
                ACTION,
                new Ref("rule", rule),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(by),
                kind == Kind.RULE_SUSPENDED ? Reason.RULE_SUSPENDED : Reason.RULE_RESUMED,
                List.of(rule),
                policy,
                "",
                details);
    }
}
