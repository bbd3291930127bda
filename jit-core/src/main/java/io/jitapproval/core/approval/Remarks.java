package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.Progress;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.ShownArgument;
import io.jitapproval.core.approval.RequestLife.Changed;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.GrantStore.Step;
import io.jitapproval.spi.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is said about a pending request, and what its requester makes of it. */
final class Remarks {

    private final Ref by;
    private final Circle circle;
    private final UnaryOperator<Ref> canonical;

    Remarks(Ref by, Circle circle, UnaryOperator<Ref> canonical) {
        this.by = by;
        this.circle = circle;
        this.canonical = canonical;
    }

    Step<ApprovalRequest, Reason> say(
            Note.Kind kind, String text, Optional<Person> person, ApprovalRequest stored, Instant now) {
        Turn turn = Turn.of(stored, now, circle);
        Reason refusal = whyNot(kind, text, person, turn, now);
        if (refusal != Reason.NOTED) {
            return turn.step(refusal);
        }
        add(turn, new Note(kind, by, text, now));
        turn.record(Kind.NOTED, Optional.of(by), Reason.NOTED, Map.of("note", kind.word(), "text", text));
        turn.tell(ApprovalNotice.Kind.NOTED, turn.seats().free());
        return turn.step(Reason.NOTED);
    }

    private Reason whyNot(Note.Kind kind, String text, Optional<Person> person, Turn turn, Instant now) {
        if (!turn.isPending()) {
            return Reason.NOT_PENDING;
        }
        if (text.isBlank() || text.length() > Note.LONGEST) {
            return Reason.NOTE_UNFIT;
        }
        boolean requester = isRequester(turn.request());
        Reason refusal = switch (kind) {
            case COMMENT -> requester || person.isPresent() ? Reason.NOTED : Reason.VOTER_UNRESOLVED;
            case QUESTION ->
                person.isEmpty()
                        ? Reason.VOTER_UNRESOLVED
                        : new Seats(turn.request(), circle.electorate(), now)
                                        .isNamed(person.get().id())
                                ? Reason.NOTED
                                : Reason.VOTER_NOT_ELIGIBLE;
            case INFORMATION, CHANGE -> requester ? Reason.NOTED : Reason.NOT_THE_HOLDER;
        };
        return refusal == Reason.NOTED && isFull(turn.request(), requester) ? Reason.TOO_MANY_NOTES : refusal;
    }

    private boolean isRequester(ApprovalRequest request) {
        return request.requesters().stream().map(canonical).toList().contains(canonical.apply(by));
    }

    /** The requester's notes leave room for those of others, and the other way round. */
    private boolean isFull(ApprovalRequest request, boolean requester) {
        List<Ref> requesters = request.requesters().stream().map(canonical).toList();
        return request.notes().stream()
                        .filter(note -> requesters.contains(canonical.apply(note.by())) == requester)
                        .count()
                >= Note.MOST;
    }

    private static void add(Turn turn, Note note) {
        List<Note> notes = new ArrayList<>(turn.request().notes());
        notes.add(note);
        turn.become(Content.sealed(turn.request().with(copy -> copy.notes(notes))));
    }

    Step<ApprovalRequest, Changed> change(ApprovalRequest wish, Circle theirs, ApprovalRequest stored, Instant now) {
        Turn turn = Turn.of(stored, now, circle);
        ApprovalRequest was = turn.request();
        Reason refusal = turn.isPending() ? unfit(was, wish) : Reason.NOT_PENDING;
        String difference = difference(was, wish);
        if (refusal != Reason.APPROVAL_PENDING || difference.isEmpty()) {
            return turn.step(new Changed(refusal, turn.request()));
        }
        Requirement required = wish.requirement();
        Instant newest = now.plus(required.decideWithin());
        turn.become(was.with(copy -> copy.arguments(wish.arguments())
                .matchKey(wish.matchKey())
                .binding(wish.binding())
                .reason(wish.reason())
                .ticket(wish.ticket())
                .preview(wish.preview())
                .requirement(required)
                .rules(wish.rules())
                .because(wish.because())
                .policy(wish.policy())
                .barred(wish.barred())
                .decideBy(newest.isBefore(was.decideBy()) ? newest : was.decideBy())
                .votes(List.of())
                .progress(new Progress(
                        Standing.firstRank(required),
                        now,
                        Duration.ZERO,
                        was.progress().extended()))));
        add(turn, new Note(Note.Kind.CHANGE, by, difference, now));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", turn.request().version());
        details.put("what", difference);
        details.put("votesGone", was.votes().size());
        turn.record(Kind.CHANGED, Optional.of(by), Reason.APPROVAL_PENDING, details);
        turn.tell(ApprovalNotice.Kind.CHANGED, new Seats(turn.request(), theirs.electorate(), now).free());
        return turn.step(new Changed(Reason.APPROVAL_PENDING, turn.request()));
    }

    private Reason unfit(ApprovalRequest was, ApprovalRequest wish) {
        if (!isRequester(was)
                || !was.subject().equals(wish.subject())
                || !was.actors().equals(wish.actors())) {
            return Reason.NOT_THE_HOLDER;
        }
        boolean fixed = was.replay() || !was.ancestry().isEmpty();
        if (fixed || !was.action().equals(wish.action()) || !was.resource().equals(wish.resource())) {
            return Reason.CHANGE_UNFIT;
        }
        return isFull(was, true) ? Reason.TOO_MANY_NOTES : Reason.APPROVAL_PENDING;
    }

    /** What is different, in words; hidden values do not appear. Empty if nothing is. */
    private static String difference(ApprovalRequest was, ApprovalRequest wish) {
        List<String> all = new ArrayList<>();
        Map<String, ShownArgument> before = new LinkedHashMap<>();
        was.arguments().forEach(argument -> before.put(argument.name(), argument));
        for (ShownArgument argument : wish.arguments()) {
            ShownArgument old = before.remove(argument.name());
            if (old == null) {
                all.add(argument.name() + " is new: " + value(argument));
            } else if (!old.equals(argument)) {
                all.add(argument.name() + " from " + value(old) + " to " + value(argument));
            }
        }
        before.keySet().forEach(name -> all.add(name + " is gone"));
        compare(all, "reason", was.reason(), wish.reason());
        compare(all, "ticket", was.ticket(), wish.ticket());
        compare(all, "rules that ask", String.join(", ", was.rules()), String.join(", ", wish.rules()));
        if (!was.preview().equals(wish.preview())) {
            all.add("what it would do");
        }
        GrantTerms old = was.requirement().grant();
        compare(all, "grant", terms(old), terms(wish.requirement().grant()));
        if (all.isEmpty()
                && (!was.requirement().equals(wish.requirement())
                        || !was.matchKey().equals(wish.matchKey()))) {
            all.add("who may approve, or how");
        }
        String text = String.join("; ", all);
        return text.length() <= Note.LONGEST ? text : text.substring(0, Note.LONGEST - 1) + "…";
    }

    private static void compare(List<String> all, String what, String before, String after) {
        if (!before.equals(after)) {
            all.add(what + " from '" + before + "' to '" + after + "'");
        }
    }

    private static String terms(GrantTerms terms) {
        return terms.scope().word() + ", " + terms.within() + ", " + terms.uses() + " uses"
                + (terms.ceilings().isEmpty() ? "" : ", at most " + terms.ceilings());
    }

    private static String value(ShownArgument argument) {
        return argument.hidden() ? "a hidden value" : Objects.toString(argument.value());
    }
}
