package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Ref;
import io.jitapproval.Shown;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.InteractiveApprovalChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The simplest channel there is, with one flaw built in. Without a flaw it keeps the contract. */
final class FlawedChannel implements InteractiveApprovalChannel, DigestingApprovalChannel {

    enum Flaw {
        NONE,
        LEAVES_OUT_THE_REASON,
        SHOWS_HIDDEN_VALUES,
        PASSES_CONTROL_SIGNS,
        THROWS_THE_SECOND_TIME,
        LOSES_CONCURRENT_ONES,
        KNOWS_ONLY_QUESTIONS,
        KNOWS_NO_REMINDERS,
        SHOWS_NOTES_AS_THEY_COME,
        CANNOT_CLOSE_EARLY,
        NAME_CHANGES,
        SWALLOWS_FAILURES,
        VOTES_WITHOUT_BINDING,
        VOTES_FOR_SOMEBODY_ELSE,
        TURNS_NO_INTO_YES,
        NAMES_NO_CHANNEL,
        DECIDES_ON_ITS_OWN,
        TELLS_THE_FIRST_OF_A_DIGEST,
        TELLS_HALF_OF_A_LARGE_DIGEST,
        SHOWS_HIDDEN_VALUES_IN_DIGESTS,
        THROWS_AT_THE_SECOND_DIGEST,
        KNOWS_NOTHING_OF_ITS_DIGESTS,
        SWALLOWS_FAILED_DIGESTS,
        DECIDES_ON_DIGESTS
    }

    private final Flaw flaw;
    private final boolean reachable;
    private final List<String> told = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final Set<String> digested = new HashSet<>();
    private boolean inDigest;
    private Approvals approvals;

    FlawedChannel(Flaw flaw, boolean reachable) {
        this.flaw = flaw;
        this.reachable = reachable;
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public synchronized String name() {
        return has(Flaw.NAME_CHANGES) ? "simple-" + told.size() : "simple";
    }

    @Override
    public void connect(Approvals where) {
        approvals = where;
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        if (has(Flaw.LOSES_CONCURRENT_ONES)) {
            int others = inside.getAndIncrement();
            for (int i = 0; i < 2_000; i++) {
                Threads.giveWay();
            }
            inside.decrementAndGet();
            if (others > 0) {
                return;
            }
        }
        put(notice);
    }

    @Override
    public synchronized void deliverDigest(ApprovalDigest digest) {
        if (!reachable && has(Flaw.SWALLOWS_FAILED_DIGESTS)) {
            return;
        }
        if (!ids.add(digest.id()) && has(Flaw.THROWS_AT_THE_SECOND_DIGEST)) {
            throw new IllegalStateException("told already");
        }
        int told = has(Flaw.TELLS_THE_FIRST_OF_A_DIGEST) ? 1 : digest.notices().size();
        told = has(Flaw.TELLS_HALF_OF_A_LARGE_DIGEST) ? Math.min(told, ApprovalDigest.MOST_NOTICES / 2) : told;
        inDigest = true;
        digest.notices().subList(0, told).forEach(this::put);
        inDigest = false;
    }

    private synchronized void put(ApprovalNotice notice) {
        if (!reachable) {
            if (has(Flaw.SWALLOWS_FAILURES)) {
                return;
            }
            throw new IllegalStateException("no connection");
        }
        if (inDigest) {
            digested.add(notice.request().id());
        } else if (has(Flaw.KNOWS_NOTHING_OF_ITS_DIGESTS)
                && notice.kind() == ApprovalNotice.Kind.ENDED
                && digested.contains(notice.request().id())) {
            throw new IllegalStateException("unknown message");
        }
        ApprovalRequest request = notice.request();
        if (!ids.add(notice.id()) && has(Flaw.THROWS_THE_SECOND_TIME)) {
            throw new IllegalStateException("told already");
        }
        if (has(Flaw.KNOWS_ONLY_QUESTIONS)
                && notice.kind() == ApprovalNotice.Kind.ENDED
                && !ids.contains(request.id() + "/asked")) {
            throw new IllegalStateException("unknown request");
        }
        if (has(Flaw.KNOWS_NO_REMINDERS) && notice.kind() == ApprovalNotice.Kind.REMINDED) {
            throw new IllegalArgumentException("unknown kind");
        }
        if (has(Flaw.SHOWS_NOTES_AS_THEY_COME)) {
            request.notes().forEach(note -> told.add(note.text()));
        }
        told.add(text(request));
        if (has(Flaw.DECIDES_ON_ITS_OWN) || (has(Flaw.DECIDES_ON_DIGESTS) && inDigest)) {
            approvals.vote(
                    request.id(), Vote.approve(request, Ref.user("preview")).via("simple"));
        }
    }

    private String text(ApprovalRequest request) {
        String arguments = request.arguments().stream()
                .map(argument -> argument.name() + " " + value(argument))
                .collect(Collectors.joining(", "));
        String text = request.subject() + " asks to " + request.action() + " on " + request.resource() + " with "
                + arguments + (has(Flaw.LEAVES_OUT_THE_REASON) ? "" : " because " + request.reason());
        return has(Flaw.PASSES_CONTROL_SIGNS) ? text : text.replaceAll("\\p{C}", "?");
    }

    private String value(ShownArgument argument) {
        return has(Flaw.SHOWS_HIDDEN_VALUES) || (has(Flaw.SHOWS_HIDDEN_VALUES_IN_DIGESTS) && inDigest)
                ? String.valueOf(argument.value())
                : argument.text();
    }

    void answer(ApprovalRequest request, String person, Verdict verdict) {
        Ref voter = Ref.user(has(Flaw.VOTES_FOR_SOMEBODY_ELSE) ? "system" : person);
        Vote vote = verdict == Verdict.APPROVE || has(Flaw.TURNS_NO_INTO_YES)
                ? Vote.approve(request, voter)
                : Vote.deny(request, voter, "no");
        if (has(Flaw.VOTES_WITHOUT_BINDING)) {
            vote = new Vote(voter, vote.verdict(), "", new Shown(1, "another"), vote.narrowed(), "");
        }
        approvals.vote(request.id(), has(Flaw.NAMES_NO_CHANNEL) ? vote : vote.via(name()));
    }

    @Override
    public synchronized void close() {
        if (has(Flaw.CANNOT_CLOSE_EARLY) && told.isEmpty()) {
            throw new IllegalStateException("nothing to close");
        }
    }
}
