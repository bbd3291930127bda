package io.jitapproval.walls.model;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequest.State;
import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.AskingLimits;
import io.jitapproval.Attempt;
import io.jitapproval.Grant;
import io.jitapproval.JitApprovalException;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Shown;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GrantStores;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MemoryAuditSink;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.TimeSource;
import io.jitapproval.walls.model.Act.Inside;
import io.jitapproval.walls.model.Act.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The real guard, to which the same deeds are done. What can be seen of it is read behind the parts that fail. */
final class Bench implements AutoCloseable {

    private static final int RECORDS = 100_000;
    private static final Ref ROOT = Ref.user("root");

    final MemoryAuditSink records = AuditSinks.memory(RECORDS);
    final GrantStore truth;
    final MethodGuard guard;

    private final Failing failing = new Failing();
    private final StillTime time = new StillTime();
    private final Directory people = new Directory();
    private final Plan plan;
    private final Twin twin;
    private final List<String> ids = new ArrayList<>();
    private final List<Shown> firstShown = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    Bench(Plan plan, Twin twin) {
        this.plan = plan;
        this.twin = twin;
        truth = GrantStores.memory(time);
        GuardBuilder builder = Jit.guard()
                .askingLimits(AskingLimits.NONE)
                .time(time)
                .store(failing.store(twin.store(truth)))
                .audit(twin.sink(failing.sink(records)))
                .people(failing.people(twin.people(people)))
                .policy(PolicySources.text("plan.json", twin.plan(plan).policy()));
        if (plan.channel()) {
            builder.channel(failing.channel());
        }
        guard = builder.build();
    }

    /** Time that only deeds move, and in which nothing happens by itself. */
    private static final class StillTime implements TimeSource {

        private volatile Instant now = Words.START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Runnable alarm(Instant at, Runnable task) {
            return () -> {};
        }

        @Override
        public boolean await(CompletableFuture<?> future, Instant deadline) {
            throw new IllegalStateException("nobody waits here");
        }
    }

    private static final class Directory implements PeopleDirectory {

        private final Map<String, Set<String>> roles = new ConcurrentHashMap<>(Staff.ROLES);

        @Override
        public Optional<Person> find(Ref identity) {
            return Staff.person(identity.toString()).map(this::person);
        }

        private Person person(String id) {
            return new Person(id, id, roles.get(id), Set.of());
        }

        @Override
        public Collection<Person> named(ApproverSelector selector) {
            return Staff.PEOPLE.stream()
                    .filter(id -> selector.kind() == Kind.PERSON
                            ? id.equals(selector.name())
                            : roles.get(id).contains(selector.name()))
                    .map(this::person)
                    .toList();
        }

        String change(Act.Roles change) {
            Set<String> held = new TreeSet<>(roles.get(change.person()));
            boolean changed = change.has() ? held.add(change.role()) : held.remove(change.role());
            roles.put(change.person(), Set.copyOf(held));
            return changed ? "" : "no change";
        }
    }

    /** What the one who does it is told, in the words of the model, and where the fault struck. */
    record Done(String outcome, Fault.Hit hit) {}

    Done perform(Act act, Fault fault) {
        failing.arm(fault);
        String outcome;
        try {
            outcome = act(act);
        } catch (ApprovalPendingException pending) {
            seeNew();
            outcome = Moves.refused(pending.reason())
                    + (pending.reason() == Reason.APPROVAL_PENDING
                            ? " #" + ids.indexOf(pending.request().id())
                            : "");
        } catch (JitApprovalException refused) {
            outcome = twin.instead(Moves.refused(refused.reason()), act, ran);
        }
        Fault.Hit hit = failing.disarm();
        seeNew();
        return new Done(outcome, hit);
    }

    private void seeNew() {
        for (ApprovalRequest request : truth.pendingRequests()) {
            if (!ids.contains(request.id())) {
                ids.add(request.id());
                firstShown.add(request.shown());
            }
        }
    }

    private Attempt attempt(Wish wish) {
        Attempt attempt = guard.attempt(wish.action())
                .by(subject(wish.by()))
                .on(Resource.of("item", wish.item()))
                .with("amount", wish.amount());
        return wish.through().isEmpty() ? attempt : attempt.through(subject(wish.through()));
    }

    private static Subject subject(String identity) {
        Ref ref = Ref.parse(identity);
        return Subject.of(ref.type(), ref.id());
    }

    private String act(Act act) {
        if (act instanceof Act.Call call) {
            return call(call.wish(), call.inside());
        } else if (act instanceof Act.Submit submit) {
            Attempt attempt = attempt(submit.wish());
            return submitted(
                    submit.startsIn().isZero() ? attempt : attempt.startingAt(time.now.plus(submit.startsIn())));
        } else if (act instanceof Act.Change change) {
            return submitted(attempt(change.wish()).changing(ids.get(change.request())));
        } else if (act instanceof Act.Cast cast) {
            Shown shown = twin.shown(
                    cast.stale(),
                    firstShown.get(cast.request()),
                    request(cast.request()).shown());
            Vote vote = new Vote(
                    Ref.parse(cast.by()), cast.verdict(), "", shown, Requests.narrowed(plan, cast.narrow()), "");
            return guard.approvals()
                    .vote(ids.get(cast.request()), vote)
                    .reason()
                    .word();
        } else if (act instanceof Act.TakeBack back) {
            return guard.approvals()
                    .takeBack(ids.get(back.request()), Ref.parse(back.by()))
                    .reason()
                    .word();
        } else if (act instanceof Act.Withdraw withdraw) {
            return guard.approvals()
                    .withdraw(ids.get(withdraw.request()), Ref.parse(withdraw.by()))
                    .word();
        } else if (act instanceof Act.Inform inform) {
            return guard.approvals()
                    .say(ids.get(inform.request()), Ref.parse(inform.by()), Note.Kind.INFORMATION, "more")
                    .word();
        }
        return besides(act);
    }

    private String besides(Act act) {
        if (act instanceof Act.StandIn standIn) {
            return guard.approvals()
                    .standIns()
                    .name(
                            Ref.parse(standIn.principal()),
                            Ref.parse(standIn.other()),
                            time.now.plus(standIn.from()),
                            time.now.plus(standIn.until()))
                    .word();
        } else if (act instanceof Act.Back back) {
            return guard.approvals().standIns().end(Ref.parse(back.principal())).word();
        } else if (act instanceof Act.GiveBack back) {
            return guard.grants()
                    .giveBack(grant(back.request()).id(), Ref.parse(back.by()))
                    .word();
        } else if (act instanceof Act.Revoke revoke) {
            return guard.grants().revoke(grant(revoke.request()).id(), ROOT, "").word();
        } else if (act instanceof Act.RevokeOf of) {
            return revoked(guard.grants().revokeAllOf(Ref.parse(of.who()), ROOT, ""));
        } else if (act instanceof Act.RevokeFor action) {
            return revoked(guard.grants().revokeAllFor(action.action(), ROOT, ""));
        } else if (act instanceof Act.RevokeEverything) {
            return revoked(guard.grants().revokeEverything(ROOT, ""));
        } else if (act instanceof Act.Pass pass) {
            time.now = pass.to();
            return "";
        } else if (act instanceof Act.Roles roles) {
            return people.change(roles);
        } else if (act instanceof Act.Look look) {
            return "waiting "
                    + guard.approvals().waitingFor(Ref.parse(look.by())).stream()
                            .map(request -> ids.indexOf(request.id()))
                            .toList();
        }
        throw new IllegalArgumentException(act.toString());
    }

    private static String revoked(int count) {
        return "revoked " + count;
    }

    private String submitted(Attempt attempt) {
        ApprovalRequest made = attempt.submit().orElseThrow();
        seeNew();
        return "#" + ids.indexOf(made.id()) + " " + made.stateAt(time.now).word();
    }

    private String call(Wish wish, Inside inside) {
        String[] inner = {""};
        try {
            attempt(wish).run(() -> {
                failing.acted();
                ran.add(wish.toString());
                inner[0] = inside(wish, inside);
            });
            return "ran" + inner[0];
        } catch (ActionFailed failed) {
            return "failed";
        }
    }

    private String inside(Wish wish, Inside inside) throws ActionFailed {
        return switch (inside) {
            case NOTHING -> "";
            case FAILS -> throw new ActionFailed();
            case REVOKES_EVERYTHING -> " [" + revoked(guard.grants().revokeEverything(ROOT, "")) + "]";
            case CALLS_AGAIN -> {
                try {
                    yield " [" + call(wish, Inside.NOTHING) + "]";
                } catch (ApprovalPendingException pending) {
                    seeNew();
                    yield " [" + Moves.refused(pending.reason())
                            + (pending.reason() == Reason.APPROVAL_PENDING
                                    ? " #" + ids.indexOf(pending.request().id())
                                    : "")
                            + "]";
                } catch (JitApprovalException refused) {
                    yield " [" + Moves.refused(refused.reason()) + "]";
                }
            }
        };
    }

    private static final class ActionFailed extends Exception {

        private static final long serialVersionUID = 1L;
    }

    List<String> ids() {
        return ids;
    }

    ApprovalRequest request(int number) {
        return truth.request(ids.get(number)).orElseThrow();
    }

    private Grant grant(int number) {
        return request(number).grantId().flatMap(truth::grant).orElseThrow();
    }

    /** {@return what can be seen, in the words of the model} */
    List<String> view() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ApprovalRequest request = request(i);
            State state = request.stateAt(time.now);
            lines.add(Words.request(
                    i,
                    wish(request),
                    request.version(),
                    state.word(),
                    state == State.PENDING ? Optional.of(request.lastsUntil()) : Optional.empty(),
                    state == State.PENDING
                            ? ""
                            : request.outcome().orElse(byTime(state)).word(),
                    request.votes().stream()
                            .map(vote -> Words.vote(
                                    vote.person(),
                                    vote.standsFor(),
                                    vote.verdict().word()))
                            .toList()));
            if (request.grantId().isPresent()) {
                Grant grant = grant(i);
                lines.add(Words.grant(
                        i,
                        grant.stateAt(time.now).word(),
                        grant.uses(),
                        grant.terms(),
                        grant.notBefore(),
                        grant.useBy(),
                        grant.expiresAt(),
                        grant.approvedBy()));
            }
        }
        guard.approvals()
                .standIns()
                .list()
                .forEach(each -> lines.add(each.standIn() + " for " + each.principal() + " from "
                        + Words.time(each.from()) + " until " + Words.time(each.until())));
        lines.add("ran " + ran);
        return lines;
    }

    private static Reason byTime(State state) {
        return state == State.DENIED ? Reason.DENIED_BY_TIMEOUT : Reason.APPROVAL_EXPIRED;
    }

    private static Wish wish(ApprovalRequest request) {
        return new Wish(
                request.subject().toString(),
                request.actors().stream().map(Ref::toString).findFirst().orElse(""),
                request.action(),
                request.resource().id(),
                Integer.parseInt(String.valueOf(request.arguments().get(0).value())));
    }

    @Override
    public void close() {
        guard.close();
    }
}
