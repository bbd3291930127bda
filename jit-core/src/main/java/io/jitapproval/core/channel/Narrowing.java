package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.ShownArgument;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.explain.Visible;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks for terms that give less than what is asked for: each in turn, and Enter keeps it. On the terminal's thread only. */
final class Narrowing {

    private static final String LEAVE = "x";

    private final Prompt prompt;
    private final Consumer<String> say;

    /** Puts a question and gives the line that is typed. */
    interface Prompt {
        String ask(String question) throws IOException;
    }

    Narrowing(Prompt prompt, Consumer<String> say) {
        this.prompt = prompt;
        this.say = say;
    }

    /** The narrower terms; empty if there are none, or somebody has thought better of it. */
    Optional<GrantTerms> terms(ApprovalRequest shown) throws IOException {
        say.accept("Less than what is asked: Enter keeps what it is, " + LEAVE + " leaves it.");
        GrantTerms asked = shown.requirement().grant();
        Optional<Duration> within = ask(
                "how long, instead of " + Terms.words(asked.within()) + " (such as 10m or 1h30m):",
                asked.within(),
                Times::parse,
                length -> length.compareTo(asked.within()) <= 0,
                "no time from 1 s to " + Terms.words(asked.within()));
        Optional<Integer> uses = within.isEmpty()
                ? Optional.empty()
                : asked.uses() == 1
                        ? Optional.of(1)
                        : ask(
                                "how many uses, instead of " + asked.uses() + ":",
                                asked.uses(),
                                Narrowing::whole,
                                number -> number >= 1 && number <= asked.uses(),
                                "no number from 1 to " + asked.uses());
        Optional<GrantScope> scope = uses.isEmpty() ? Optional.empty() : scope(asked.scope());
        if (scope.isEmpty()) {
            return left();
        }
        GrantTerms terms =
                new GrantTerms(scope.get(), within.orElseThrow(), uses.orElseThrow(), asked.clock(), asked.ceilings());
        for (ShownArgument argument : shown.arguments()) {
            if (argument.lowerable() && number(argument).isPresent()) {
                BigDecimal most = number(argument).get();
                Optional<BigDecimal> lower = ask(
                        Visible.of(argument.name()) + " at most, instead of " + most.toPlainString() + ":",
                        most,
                        Narrowing::decimal,
                        number -> number.compareTo(most) <= 0 && number.signum() >= Math.min(0, most.signum()),
                        "no number up to " + most.toPlainString());
                if (lower.isEmpty()) {
                    return left();
                }
                if (lower.get().compareTo(most) < 0) {
                    terms = terms.withCeiling(argument.name(), lower.get());
                }
            }
        }
        if (terms.equals(asked)) {
            say.accept("That is what is asked. Nothing was cast: answer a to approve it as it is.");
            return Optional.empty();
        }
        say.accept("gives " + gives(terms, shown.action()));
        return Optional.of(terms);
    }

    private Optional<GrantTerms> left() {
        say.accept("Nothing was cast.");
        return Optional.empty();
    }

    private Optional<GrantScope> scope(GrantScope asked) throws IOException {
        if (asked == GrantScope.EXACT) {
            return Optional.of(asked);
        }
        return ask(
                "only " + GrantScope.EXACT.text() + ", instead of " + asked.text() + " [y/N]:",
                asked,
                word -> switch (word.toLowerCase(Locale.ROOT)) {
                    case "y", "yes" -> Optional.of(GrantScope.EXACT);
                    case "n", "no" -> Optional.of(asked);
                    default -> Optional.empty();
                },
                scope -> true,
                "neither y nor n");
    }

    private <T> Optional<T> ask(
            String question, T kept, Function<String, Optional<T>> reading, Predicate<T> fits, String otherwise)
            throws IOException {
        while (true) {
            String typed = prompt.ask(question);
            if (typed.isEmpty()) {
                return Optional.of(kept);
            }
            if (typed.equalsIgnoreCase(LEAVE)) {
                return Optional.empty();
            }
            Optional<T> read = reading.apply(typed).filter(fits);
            if (read.isPresent()) {
                return read;
            }
            say.accept("That is " + otherwise + ".");
        }
    }

    private static Optional<BigDecimal> number(ShownArgument argument) {
        return argument.value() instanceof Number number ? decimal(number.toString()) : Optional.empty();
    }

    private static Optional<Integer> whole(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<BigDecimal> decimal(String text) {
        return text.matches("-?\\d{1,100}(\\.\\d{1,100})?") ? Optional.of(new BigDecimal(text)) : plain(text);
    }

    /** Numbers as Java writes them, which nobody types. */
    private static Optional<BigDecimal> plain(String text) {
        return text.matches("-?\\d{1,100}(\\.\\d{1,100})?E[+-]?\\d{1,3}")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** What terms give, in words, with what numbers may be at most. */
    static String gives(GrantTerms terms, String action) {
        return Terms.gives(terms, action)
                + terms.ceilings().entrySet().stream()
                        .map(each -> ", " + Visible.of(each.getKey()) + " at most "
                                + each.getValue().toPlainString())
                        .collect(Collectors.joining());
    }

    /** What a request gives that was approved, the last vote included. */
    static GrantTerms given(ApprovalRequest request, Vote last) {
        GrantTerms asked = request.requirement().grant();
        GrantTerms terms = last.narrowed().map(asked::narrowest).orElse(asked);
        for (CastVote vote : request.votes()) {
            if (vote.verdict() == Verdict.APPROVE && vote.narrowed().isPresent()) {
                terms = terms.narrowest(vote.narrowed().get());
            }
        }
        return terms;
    }
}
