package io.jitapproval.walls.model;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Grant;
import io.jitapproval.Ref;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.StoreEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Parts of a guard that fail when they are told to, on the thread of the deed alone: what happens beside it does not. */
final class Failing {

    private final Thread thread = Thread.currentThread();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean acted;
    private int calls;
    private Fault.Hit hit = Fault.Hit.NOT;

    /** A fault of this kind was told to happen. */
    static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what, null, false, false);
        }
    }

    void arm(Fault next) {
        fault = next;
        calls = 0;
        acted = false;
        hit = Fault.Hit.NOT;
    }

    Fault.Hit disarm() {
        fault = Fault.NONE;
        return hit;
    }

    void acted() {
        acted = true;
    }

    boolean is(Fault.Kind kind) {
        return fault.kind() == kind;
    }

    private boolean strikes(Fault.Kind kind) {
        return fault.kind() == kind && Thread.currentThread() == thread && ++calls == fault.call();
    }

    private Broken struck(boolean late) {
        hit = late || acted ? Fault.Hit.LATE : Fault.Hit.EARLY;
        return new Broken(fault.toString());
    }

    private <T> T stored(Supplier<T> work) {
        if (strikes(Fault.Kind.STORE_BEFORE)) {
            throw struck(false);
        }
        T result = work.get();
        if (strikes(Fault.Kind.STORE_AFTER)) {
            throw struck(false);
        }
        return result;
    }

    AuditSink sink(AuditSink sink) {
        return (InlineAuditSink) records -> {
            if (strikes(Fault.Kind.SINK)) {
                throw struck(records.stream().anyMatch(Failing::isAside));
            }
            sink.append(records);
        };
    }

    /** Whether nobody's answer depends on a record: it says what is settled. */
    private static boolean isAside(AuditRecord record) {
        return record.kind() == Kind.DENIED || record.kind() == Kind.USE_ENDED;
    }

    ApprovalChannel channel() {
        return new ApprovalChannel() {
            @Override
            public String name() {
                return "pager";
            }

            @Override
            public void deliver(ApprovalNotice notice) {
                if (is(Fault.Kind.CHANNEL)) {
                    throw new Broken("channel");
                }
            }
        };
    }

    PeopleDirectory people(PeopleDirectory people) {
        return new PeopleDirectory() {
            @Override
            public Optional<Person> find(Ref identity) throws Exception {
                if (strikes(Fault.Kind.PEOPLE)) {
                    throw struck(false);
                }
                return is(Fault.Kind.SILENT_PEOPLE) ? Optional.empty() : people.find(identity);
            }

            @Override
            public Collection<Person> named(ApproverSelector selector) throws Exception {
                if (strikes(Fault.Kind.PEOPLE)) {
                    throw struck(false);
                }
                return is(Fault.Kind.SILENT_PEOPLE) ? List.of() : people.named(selector);
            }
        };
    }

    GrantStore store(GrantStore store) {
        return new ForwardingGrantStore(store) {
            @Override
            public ApprovalRequest submit(String key, Function<Instant, Submission> submission, Journal journal) {
                return stored(() -> super.submit(key, submission, journal));
            }

            @Override
            public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
                return stored(() -> super.changeRequest(id, change, journal));
            }

            @Override
            public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
                return stored(() -> super.changeGrant(id, change, journal));
            }

            @Override
            public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
                stored(() -> {
                    super.voidGrants(which, records, journal);
                    return true;
                });
            }

            @Override
            public Optional<ApprovalRequest> request(String id) {
                return stored(() -> super.request(id));
            }

            @Override
            public Optional<Grant> grant(String id) {
                return stored(() -> super.grant(id));
            }

            @Override
            public List<ApprovalRequest> pendingRequests() {
                return stored(super::pendingRequests);
            }

            @Override
            public List<Grant> activeGrants(Ref subject, String action) {
                return stored(() -> super.activeGrants(subject, action));
            }

            @Override
            public List<Grant> voidedGrants() {
                return stored(super::voidedGrants);
            }

            @Override
            public <R> R changeEntry(String kind, String key, EntryChange<R> change, Journal journal) {
                return stored(() -> super.changeEntry(kind, key, change, journal));
            }

            @Override
            public List<StoreEntry> entries(String kind) {
                return stored(() -> super.entries(kind));
            }

            @Override
            public Instant now() {
                return stored(super::now);
            }
        };
    }
}
