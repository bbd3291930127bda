package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.spi.Person;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The talk with the person at the terminal about one request. On the terminal's thread only. */
final class TerminalDialogue {

    private static final String CHOICES = "[a]pprove  [s]horten  [d]eny  [?] explain  [l]ater";

    private final BufferedReader in;
    private final PrintWriter out;
    private final InstantSource clock;
    private final Function<String, Ref> identity;
    private String name = "";

    TerminalDialogue(BufferedReader in, PrintWriter out, InstantSource clock, Function<String, Ref> identity) {
        this.in = in;
        this.out = out;
        this.clock = clock;
        this.identity = identity;
    }

    /** Told before and after a vote is cast. */
    interface Voting {
        void voting(Question question, boolean begins);
    }

    /**
     * Asks until the request has ended or is put off.
     *
     * @return whether it is put off
     * @throws EOFException when the input has ended
     */
    boolean ask(Question question, Approvals approvals, Voting voting) throws IOException {
        ApprovalRequest shown = current(question, approvals);
        say("");
        if (shown.stateAt(clock.instant()) != ApprovalRequest.State.PENDING) {
            say(RequestText.end(shown, clock.instant()));
            return false;
        }
        RequestText.lines(shown, clock.instant()).forEach(this::say);
        ApprovalRequest request = shown;
        while (isOpen(question, request)) {
            String answer = prompt(CHOICES);
            if (question.ended != null) {
                continue;
            }
            String[] words = answer.split("\\s+", 2);
            String rest = words.length > 1 ? words[1] : "";
            Optional<Vote> vote = Optional.empty();
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "a", "approve" ->
                    vote = voter(question).map(by -> Vote.approve(shown, by).because(rest));
                case "d", "deny" -> vote = deny(question, shown, rest);
                case "s", "shorten" -> vote = shorten(question, shown);
                case "?", "explain" -> RequestText.explanation(shown).forEach(this::say);
                case "l", "later" -> {
                    return true;
                }
                default -> say("Please answer a, s, d, ? or l.");
            }
            // The answers to the further questions are for this request as well: none is cast if it has ended.
            if (vote.isPresent() && question.ended == null) {
                request = cast(question, vote.get().via(TerminalChannel.NAME), approvals, voting)
                        .orElse(request);
            }
        }
        return false;
    }

    /** Waits for Enter while there is nothing but what was put off. */
    void pause(int putOff) throws IOException {
        prompt((putOff == 1 ? "1 request is" : putOff + " requests are") + " put off. Press Enter to look again.");
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

    private Optional<Vote> deny(Question question, ApprovalRequest shown, String given) throws IOException {
        Optional<Ref> voter = voter(question);
        if (voter.isEmpty()) {
            return Optional.empty();
        }
        String reason = given.isEmpty() ? prompt("why not:") : given;
        return Optional.of(Vote.deny(shown, voter.get(), reason));
    }

    private Optional<Vote> shorten(Question question, ApprovalRequest shown) throws IOException {
        GrantTerms asked = shown.requirement().grant();
        Duration within = asked.within();
        String length =
                prompt("how long, instead of " + Terms.words(within) + " (such as 10m or PT10M; Enter keeps it):");
        if (!length.isEmpty()) {
            Optional<Duration> shorter = Times.parse(length).filter(time -> time.compareTo(asked.within()) <= 0);
            if (shorter.isEmpty()) {
                say("That is no duration, or longer than what is asked. Nothing was cast.");
                return Optional.empty();
            }
            within = shorter.get();
        }
        int uses = asked.uses() == 1 ? 1 : uses(asked.uses());
        if (uses == 0) {
            say("That is no number from 1 to " + asked.uses() + ". Nothing was cast.");
            return Optional.empty();
        }
        GrantScope scope = asked.scope();
        if (scope != GrantScope.EXACT
                && prompt("only " + GrantScope.EXACT.text() + "? [y/N]")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("y")) {
            scope = GrantScope.EXACT;
        }
        GrantTerms terms = new GrantTerms(scope, within, uses, asked.clock());
        if (terms.equals(asked)) {
            say("That is what is asked. Nothing was cast: answer a to approve it as it is.");
            return Optional.empty();
        }
        say("gives " + Terms.gives(terms, shown.action()));
        return voter(question).map(by -> Vote.approve(shown, by).narrowedTo(terms));
    }

    private int uses(int asked) throws IOException {
        String text = prompt("how many uses, instead of " + asked + " (Enter keeps it):");
        if (text.isEmpty()) {
            return asked;
        }
        return text.matches("\\d{1,9}") && Integer.parseInt(text) <= asked ? Integer.parseInt(text) : 0;
    }

    private Optional<Ref> voter(Question question) throws IOException {
        if (!isOnly(question)) {
            String typed = prompt(name.isEmpty() ? "your name:" : "your name [" + name + "]:");
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

    /** Whether the one who answered before is the only one who could. */
    private boolean isOnly(Question question) {
        List<Person> people = question.people;
        return people.size() == 1
                && question.request.eligible() <= 1
                && !name.isEmpty()
                && (people.get(0).id().equals(name) || people.get(0).name().equals(name));
    }

    private Optional<ApprovalRequest> cast(Question question, Vote vote, Approvals approvals, Voting voting) {
        voting.voting(question, true);
        boolean over = false;
        try {
            VoteReceipt receipt = approvals.vote(question.id(), vote);
            say(words(receipt, vote));
            over = receipt.request()
                    .filter(after -> after.state() != ApprovalRequest.State.PENDING)
                    .isPresent();
            return receipt.request();
        } catch (RuntimeException e) {
            say("Not cast, please try again: " + Visible.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        } finally {
            if (!over) {
                voting.voting(question, false);
            }
        }
    }

    private String words(VoteReceipt receipt, Vote vote) {
        ApprovalRequest after = receipt.request().orElse(null);
        if (!receipt.counted()) {
            return "Not counted: " + receipt.reason().text() + " ("
                    + receipt.reason().code() + ")."
                    + (after == null || after.state() == ApprovalRequest.State.PENDING
                            ? ""
                            : System.lineSeparator() + RequestText.end(after, clock.instant()));
        }
        if (after == null) {
            return "Counted.";
        }
        return switch (after.state()) {
            case PENDING -> "Counted. " + RequestText.missing(after) + " more must agree.";
            case APPROVED ->
                "Counted. The request is approved: "
                        + Terms.gives(vote.narrowed().orElse(after.requirement().grant()), after.action()) + ".";
            case DENIED -> "Counted. The request is denied.";
            case EXPIRED, CANCELLED, FAILED -> "Counted. " + RequestText.end(after, clock.instant()) + ".";
        };
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
        out.print(text + System.lineSeparator());
        out.flush();
    }
}
