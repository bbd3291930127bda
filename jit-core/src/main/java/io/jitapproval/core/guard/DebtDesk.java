package io.jitapproval.core.guard;

import static java.util.Objects.requireNonNull;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Debt;
import io.jitapproval.Debt.Finding;
import io.jitapproval.Debts;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Way;
import io.jitapproval.core.approval.DebtEntry;
import io.jitapproval.core.approval.GlassLife;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where emergencies are reviewed. */
final class DebtDesk implements Debts {

    private static final String WHAT = "debts";

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    private final Relatives relatives;

    DebtDesk(GuardSettings settings, Journal journal, Relatives relatives) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
        this.relatives = relatives;
    }

    @Override
    public List<Debt> open() {
        return Failures.guarded(WHAT, phase -> all());
    }

    @Override
    public List<Debt> overdue() {
        return Failures.guarded(WHAT, phase -> {
            Instant now = store.now();
            return all().stream().filter(debt -> debt.isOverdue(now)).toList();
        });
    }

    /** What people owe; asked while a call is under way. */
    List<Debt> of(Set<String> persons) {
        return all().stream()
                .filter(debt -> GlassLife.isAmong(debt.person(), persons)
                        || debt.barred().stream().anyMatch(person -> GlassLife.isAmong(person, persons)))
                .toList();
    }

    Instant now() {
        return store.now();
    }

    private List<Debt> all() {
        return store.entries(DebtEntry.KIND).stream()
                .map(DebtEntry::of)
                .filter(entry -> !entry.settled())
                .map(DebtEntry::debt)
                .sorted(Comparator.comparing(Debt::since).thenComparing(Debt::id))
                .toList();
    }

    @Override
    public Reason review(String debtId, Ref reviewer, Finding finding, String text) {
        requireNonNull(finding, "finding");
        if (finding == Finding.OBJECTION && text.isBlank()) {
            throw new IllegalArgumentException("an objection says what it objects to, but text was blank");
        }
        return Failures.guarded(WHAT, phase -> {
            Optional<StoreEntry> entry = store.entries(DebtEntry.KIND).stream()
                    .filter(each -> each.key().equals(debtId))
                    .findFirst();
            if (entry.isEmpty()) {
                return Reason.UNKNOWN_ID;
            }
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> person = people.find(reviewer);
            if (person.isEmpty()) {
                return Reason.REVIEWER_UNRESOLVED;
            }
            String id = person.get().id();
            Set<ApproverSelector> places = new LinkedHashSet<>();
            for (Way way : DebtEntry.of(entry.get()).debt().review()) {
                for (ApproverSelector selector : way.by()) {
                    if (relatives.named(Set.of(selector)).containsKey(id)) {
                        places.add(selector);
                    }
                }
            }
            phase.enter(Reason.STORE_UNAVAILABLE);
            return store.changeEntry(
                    DebtEntry.KIND, debtId, GlassLife.review(reviewer, id, places, finding, text), journal);
        });
    }
}
