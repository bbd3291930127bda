package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.explain.Visible;
import io.jitapproval.spi.Person;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The talk with the person at the terminal about one request. On the terminal's thread only. */
final class TerminalDialogue {

    static final String CHOICES = "[a]pprove [n]arrow [d]eny a[b]stain [q]uestion [c]omment [l]ater [?]";

    private static final int MOST_NAMES = 5;
    private static final int MOST_LISTED = 5;

    private final BufferedReader in;
    private final PrintWriter out;
    private final InstantSource clock;
    private final Function<String, Ref> identity;
    private final Narrowing narrowing = new Narrowing(this::prompt, this::say);
    private String name = "";

    TerminalDialogue(BufferedReader in, PrintWriter out, InstantSource clock, Function<String, Ref> identity) {
        this.in = in;
        this.out = out;
        this.clock = clock;
        this.identity = identity;
    }

    /** What the terminal knows beside the request at hand. */
    interface Queue {

        /** Told before and after a vote is cast. */
        void voting(Question question, boolean begins);

        /** The requests that wait behind the one at hand. */
        List<Question> others();

        /** Has one of them come next, and the one at hand after it; false if it waits no more. */
        boolean pick(Question question);
    }

    /**
     * Asks until the request has ended or is put off.
     *
     * @return whether it is put off
     * @throws EOFException when the input has ended
     */
    boolean ask(Question question, Approvals approvals, Queue queue) throws IOException {
        ApprovalRequest shown = current(question, approvals);
        say("");
        if (shown.stateAt(clock.instant()) != ApprovalRequest.State.PENDING) {
            say(RequestText.end(shown, clock.instant()));
            return false;
        }
        List<Question> others = queue.others();
        list(question, others);
        show(question, shown);
        ApprovalRequest request = shown;
        while (isOpen(question, request)) {
            String answer = prompt(CHOICES);
            if (question.ended != null) {
                continue;
            }
            ApprovalRequest now = current(question, approvals);
            if (hasMovedOn(shown, now)) {
                shown = movedOn(question, now, RequestText.news(shown, now));
                request = now;
                continue;
            }
            String[] words = answer.split("\\s+", 2);
            String rest = words.length > 1 ? words[1] : "";
            Optional<Vote> vote = Optional.empty();
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "a", "approve", "n", "narrow", "s", "shorten", "d", "deny", "b", "abstain" ->
                    vote = vote(question, shown, words[0].toLowerCase(Locale.ROOT), rest);
                case "q", "question" -> note(question, approvals, Note.Kind.QUESTION, rest);
                case "c", "comment" -> note(question, approvals, Note.Kind.COMMENT, rest);
                case "?", "more", "explain", "details" ->
                    RequestText.explanation(shown).forEach(this::say);
                case "h", "help" -> RequestText.help().forEach(this::say);
                case "l", "later", "skip" -> {
                    return true;
                }
                default -> {
                    if (isPicked(answer, others, queue)) {
                        return true;
                    }
                    say("Nothing was done: answer a, n, d, b, q, c, l or ?; h says what they do.");
                }
            }
            // The answers to the further questions are for this request as well: none is cast if it has ended.
            if (vote.isPresent() && question.ended == null) {
                Optional<VoteReceipt> receipt = cast(question, vote.get().via(TerminalChannel.NAME), approvals, queue);
                request = receipt.flatMap(VoteReceipt::request).orElse(request);
                if (receipt.filter(TerminalDialogue::isOld).isPresent()) {
                    shown = movedOn(question, request, receipt.get().moved());
                }
            }
        }
        return false;
    }

    /** Waits for Enter while there is nothing but what was put off. */
    void pause(int putOff) throws IOException {
        prompt((putOff == 1 ? "1 request is" : putOff + " requests are") + " put off. Press Enter to look again.");
    }

    private void show(Question question, ApprovalRequest request) {
        question.version = request.version();
        RequestText.lines(request, clock.instant()).forEach(this::say);
    }

    /** What waits, if there is more than this one. */
    private void list(Question question, List<Question> others) {
        if (others.isEmpty()) {
            return;
        }
        say((others.size() + 1) + " requests wait. This is number 1; another number goes to that one.");
        say("  1  " + RequestText.what(question.request));
        int shown = Math.min(others.size(), MOST_LISTED);
        for (int i = 0; i < shown; i++) {
            say("  " + (i + 2) + "  " + RequestText.what(others.get(i).request));
        }
        if (others.size() > shown) {
            say("  …  and " + (others.size() - shown) + " more");
        }
        say("");
    }

    /** A number means the place in the list that was shown. */
    private static boolean isPicked(String answer, List<Question> others, Queue queue) {
        if (!answer.matches("[1-9]\\d{0,3}")) {
            return false;
        }
        int place = Integer.parseInt(answer) - 2;
        return place >= 0 && place < Math.min(others.size(), MOST_LISTED) && queue.pick(others.get(place));
    }

    private static boolean hasMovedOn(ApprovalRequest shown, ApprovalRequest now) {
        return now.state() == ApprovalRequest.State.PENDING && !now.shown().equals(shown.shown());
    }

    /** Whether the vote was on what the request no longer is, while it is still to be decided. */
    private static boolean isOld(VoteReceipt receipt) {
        return receipt.reason() == Reason.SHOWN_DIFFERS
                && receipt.request()
                        .filter(request -> request.state() == ApprovalRequest.State.PENDING)
                        .isPresent();
    }

    /** What was typed was for what stood there before. */
    private ApprovalRequest movedOn(Question question, ApprovalRequest now, List<String> differences) {
        say("It has changed since it was shown, so nothing was cast. What is new:");
        differences.forEach(each -> say("  - " + Visible.of(each)));
        say("");
        show(question, now);
        return now;
    }

    private boolean isOpen(Question question, ApprovalRequest request) {
        ApprovalRequest ended = question.ended;
        if (ended != null) {
            if (!question.told && request.state() == ApprovalRequest.State.PENDING) {
                say(RequestText.end(ended, clock.instant()));
            }
            return false;
        }
        return request.state() == ApprovalRequest.State.PENDING;
    }

    /** The request as it stands by now; as it was delivered, if that cannot be told. */
    private static ApprovalRequest current(Question question, Approvals approvals) {
        try {
            return approvals.find(question.id()).orElse(question.request);
        } catch (RuntimeException e) {
            return question.request;
        }
    }

    private Optional<Vote> vote(Question question, ApprovalRequest shown, String word, String given)
            throws IOException {
        char key = word.charAt(0);
        boolean narrows = key == 'n' || key == 's';
        Optional<GrantTerms> terms = narrows ? narrowing.terms(shown) : Optional.empty();
        if (narrows && terms.isEmpty()) {
            return Optional.empty();
        }
        Optional<Ref> voter = voter(question);
        if (voter.isEmpty()) {
            return Optional.empty();
        }
        Ref by = voter.get();
        if (word.equals("d") || word.equals("deny")) {
            return Optional.of(Vote.deny(shown, by, given.isEmpty() ? prompt("why not:") : given));
        }
        if (word.equals("b") || word.equals("abstain")) {
            return Optional.of(Vote.abstain(shown, by).because(given));
        }
        Vote approval = Vote.approve(shown, by).because(given);
        return Optional.of(terms.map(approval::narrowedTo).orElse(approval));
    }

    private void note(Question question, Approvals approvals, Note.Kind kind, String given) throws IOException {
        boolean asks = kind == Note.Kind.QUESTION;
        String text = given.isEmpty() ? prompt(asks ? "what do you want to know:" : "what do you want to say:") : given;
        if (text.isEmpty()) {
            say("Nothing was said.");
            return;
        }
        Optional<Ref> by = voter(question);
        if (by.isEmpty() || question.ended != null) {
            return;
        }
        question.said = by.get() + " " + text;
        try {
            Reason reason = approvals.say(question.id(), by.get(), kind, text);
            say(
                    reason != Reason.NOTED
                            ? "Not said: " + reason.text() + " (" + reason.code() + ")."
                            : asks
                                    ? "Asked. The answer will be shown here; time goes on meanwhile."
                                    : "Said, for everybody who is asked.");
        } catch (RuntimeException e) {
            say("Not said, please try again: " + Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private Optional<Ref> voter(Question question) throws IOException {
        if (!isOnly(question)) {
            String typed = prompt(name.isEmpty() ? "your name" + hint(question) + ":" : "your name [" + name + "]:");
            String given = typed.isEmpty() ? name : typed;
            if (given.isEmpty()) {
                say("Without a name nothing is cast.");
                return Optional.empty();
            }
            name = given;
        }
        try {
            return Optional.of(identity.apply(name));
        } catch (RuntimeException e) {
            say("Nobody can be told by that name. Nothing was cast.");
            name = "";
            return Optional.empty();
        }
    }

    private static String hint(Question question) {
        List<Person> people = question.people;
        return people.isEmpty() || people.size() > MOST_NAMES
                ? ""
                : people.stream().map(Person::id).map(Visible::of).collect(Collectors.joining(", ", " (such as ", ")"));
    }

    /** Whether the one who answered before is the only one who could. */
    private boolean isOnly(Question question) {
        List<Person> people = question.people;
        return people.size() == 1
                && question.request.eligible() <= 1
                && !name.isEmpty()
                && (people.get(0).id().equals(name) || people.get(0).name().equals(name));
    }

    private Optional<VoteReceipt> cast(Question question, Vote vote, Approvals approvals, Queue queue) {
        queue.voting(question, true);
        boolean over = false;
        try {
            VoteReceipt receipt = approvals.vote(question.id(), vote);
            if (receipt.reason() == Reason.VOTER_UNRESOLVED) {
                name = "";
            }
            if (!isOld(receipt)) {
                say(RequestText.receipt(receipt, vote, clock.instant()));
            }
            over = receipt.request()
                    .filter(after -> after.state() != ApprovalRequest.State.PENDING)
                    .isPresent();
            return Optional.of(receipt);
        } catch (RuntimeException e) {
            say("Not cast, please try again: " + Visible.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        } finally {
            if (!over) {
                queue.voting(question, false);
            }
        }
    }

    private String prompt(String text) throws IOException {
        out.print(text + " ");
        out.flush();
        String line = in.readLine();
        if (line == null || Thread.currentThread().isInterrupted()) {
            throw new EOFException("the input has ended");
        }
        return line.strip();
    }

    private void say(String text) {
        for (String line : Wrap.lines(text)) {
            out.print(line + System.lineSeparator());
        }
        out.flush();
    }
}
