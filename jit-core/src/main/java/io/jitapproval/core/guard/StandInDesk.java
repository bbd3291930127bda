package io.jitapproval.core.guard;

import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.StandIn;
import io.jitapproval.StandIns;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps who votes in whose place: one entry for each principal. */
final class StandInDesk implements StandIns {

    /** The kind of its entries. */
    static final String KIND = "stand-in";

    private static final String WHAT = "stand-ins";
    private static final String ACTION = "approvals.stand-in";

    private final GrantStore store;
    private final Journal journal;
    private final PeopleDirectory people;
    /** Two that are named at once see each other; whatever other nodes name meanwhile, a chain is cut where it is followed. */
    private final ReentrantLock naming = new ReentrantLock();

    StandInDesk(GuardSettings settings, Journal journal) {
        this.store = settings.store();
        this.journal = journal;
        this.people = settings.people();
    }

    @Override
    public Reason name(Ref principal, Ref standIn, Instant from, Instant until) {
        return Failures.guarded(WHAT, phase -> {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> away = people.find(principal);
            Optional<Person> other = people.find(standIn);
            if (away.isEmpty() || other.isEmpty()) {
                return Reason.STAND_IN_UNRESOLVED;
            }
            phase.enter(Reason.STORE_UNAVAILABLE);
            StandIn wanted = new StandIn(away.get().id(), other.get().id(), from, until);
            naming.lock();
            try {
                Reason refusal = chained(wanted);
                return refusal != Reason.STAND_IN_NAMED
                        ? refusal
                        : store.changeEntry(
                                KIND,
                                wanted.principal(),
                                (current, now) -> fits(wanted, now)
                                        ? Step.to(
                                                entry(wanted),
                                                Reason.STAND_IN_NAMED,
                                                record(Kind.STAND_IN_NAMED, principal, wanted, now))
                                        : Step.nothing(Reason.STAND_IN_PERIOD),
                                journal);
            } finally {
                naming.unlock();
            }
        });
    }

    private static boolean fits(StandIn wanted, Instant now) {
        Instant begins = wanted.from().isBefore(now) ? now : wanted.from();
        return begins.isBefore(wanted.until()) && !wanted.until().isAfter(begins.plus(StandIn.LONGEST));
    }

    /** Whether the chain that it would belong to ends, and soon enough; those that overlap it in no instant do not count. */
    private Reason chained(StandIn wanted) {
        List<StandIn> others = new ArrayList<>();
        for (StandIn each : list()) {
            if (!each.principal().equals(wanted.principal())
                    && each.from().isBefore(wanted.until())
                    && wanted.from().isBefore(each.until())) {
                others.add(each);
            }
        }
        int after = 0;
        String last = wanted.standIn();
        while (!last.equals(wanted.principal())) {
            Optional<StandIn> next = of(others, last);
            if (next.isEmpty()) {
                int links = after + 1 + before(others, wanted.principal(), StandIn.LONGEST_CHAIN);
                return links > StandIn.LONGEST_CHAIN ? Reason.STAND_IN_CHAIN : Reason.STAND_IN_NAMED;
            }
            if (++after > StandIn.LONGEST_CHAIN) {
                return Reason.STAND_IN_CHAIN;
            }
            last = next.get().standIn();
        }
        return Reason.STAND_IN_CIRCULAR;
    }

    private static Optional<StandIn> of(List<StandIn> all, String principal) {
        return all.stream().filter(each -> each.principal().equals(principal)).findFirst();
    }

    /** The longest chain of those for whom somebody stands in; looked at only so far. */
    private static int before(List<StandIn> all, String standIn, int atMost) {
        int longest = 0;
        if (atMost > 0) {
            for (StandIn each : all) {
                if (each.standIn().equals(standIn)) {
                    longest = Math.max(longest, 1 + before(all, each.principal(), atMost - 1));
                }
            }
        }
        return longest;
    }

    @Override
    public Reason end(Ref principal) {
        return Failures.guarded(WHAT, phase -> {
            phase.enter(Reason.PEOPLE_UNAVAILABLE);
            Optional<Person> back = people.find(principal);
            phase.enter(Reason.STORE_UNAVAILABLE);
            return back.isEmpty()
                    ? Reason.STAND_IN_UNRESOLVED
                    : store.changeEntry(
                            KIND,
                            back.get().id(),
                            (current, now) -> current.isEmpty()
                                    ? Step.nothing(Reason.NO_STAND_IN)
                                    : Step.to(
                                            over(current.get(), now),
                                            Reason.STAND_IN_ENDED,
                                            record(Kind.STAND_IN_ENDED, principal, standIn(current.get()), now)),
                            journal);
        });
    }

    private static StoreEntry over(StoreEntry entry, Instant now) {
        return new StoreEntry(entry.kind(), entry.key(), entry.data(), now);
    }

    @Override
    public List<StandIn> list() {
        return Failures.guarded(
                WHAT,
                phase -> store.entries(KIND).stream().map(StandInDesk::standIn).toList());
    }

    private static StoreEntry entry(StandIn standIn) {
        return new StoreEntry(
                KIND,
                standIn.principal(),
                Map.of("standIn", standIn.standIn(), "from", standIn.from().toString()),
                standIn.until());
    }

    private static StandIn standIn(StoreEntry entry) {
        return new StandIn(
                entry.key(),
                entry.data().getOrDefault("standIn", ""),
                Instant.parse(entry.data().getOrDefault("from", "")),
                entry.until());
    }

    private static AuditRecord record(Kind kind, Ref by, StandIn standIn, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("standIn", standIn.standIn());
        details.put("from", standIn.from());
        details.put("until", standIn.until());
        return new AuditRecord(
                now,
                kind,
                by,
                List.of(),
                ACTION,
                new Ref("person", standIn.principal()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                kind == Kind.STAND_IN_NAMED ? Reason.STAND_IN_NAMED : Reason.STAND_IN_ENDED,
                List.of(),
                "",
                "",
                details);
    }
}
