package io.jitapproval.core.feedback.report;

import static java.util.Objects.requireNonNull;

import io.jitapproval.core.feedback.evidence.Learner.Learnt;
import io.jitapproval.core.feedback.insight.Findings;
import io.jitapproval.core.feedback.replay.Simulation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the feedback loop found, for people. Says only what it was given.
 *
 * @param title      the heading of the page; not blank
 * @param asOf       until when the record was read
 * @param histories  what the histories are called
 * @param learnt     what could be approved without people; empty if nobody looked
 * @param findings   what the record says about rules, people and uses; empty if nobody looked
 * @param simulation what a proposed policy would have answered; empty if none was replayed
 * @param digest     what accepted suggestions did; empty if there is nothing to tell
 */
public record FeedbackReport(
        String title,
        Instant asOf,
        List<String> histories,
        Optional<Learnt> learnt,
        Optional<Findings> findings,
        Optional<Simulation> simulation,
        Optional<Digest> digest) {

    /**
     * Checks that there is something to report.
     *
     * @param title      as above
     * @param asOf       as above
     * @param histories  as above
     * @param learnt     as above
     * @param findings   as above
     * @param simulation as above
     * @param digest     as above
     * @throws IllegalArgumentException if the title is blank or all the rest is empty
     */
    public FeedbackReport {
        if (title.isBlank()) {
            throw new IllegalArgumentException("title must not be blank");
        }
        requireNonNull(asOf, "asOf");
        histories = List.copyOf(histories);
        if (learnt.isEmpty() && findings.isEmpty() && simulation.isEmpty() && digest.isEmpty()) {
            throw new IllegalArgumentException(
                    "a report needs something to report: learnt, findings, simulation or digest");
        }
    }

    /**
     * Begins a report.
     *
     * @param title the heading of the page
     * @param asOf  until when the record was read
     * @return takes what there is to report
     */
    public static Builder of(String title, Instant asOf) {
        return new Builder(title, asOf);
    }

    /**
     * The report as one document: HTML that asks no network for anything, runs no script, and shows all text of the record as text,
     * whatever it is. Of very many parts the first are shown, and how many are not is said.
     *
     * @return the document, to be written as UTF-8; the same for the same report
     */
    public String html() {
        return new Page(this, Style.read()).write();
    }

    /** Takes what there is to report. Not thread-safe; each thing is set once. */
    public static final class Builder {

        private final String title;
        private final Instant asOf;
        private final List<String> histories = new ArrayList<>();
        private Optional<Learnt> learnt = Optional.empty();
        private Optional<Findings> findings = Optional.empty();
        private Optional<Simulation> simulation = Optional.empty();
        private Optional<Digest> digest = Optional.empty();

        private Builder(String title, Instant asOf) {
            this.title = requireNonNull(title, "title");
            this.asOf = requireNonNull(asOf, "asOf");
        }

        /**
         * Names a history that was read; there may be several.
         *
         * @param name what it is called
         * @return this
         */
        public Builder history(String name) {
            histories.add(requireNonNull(name, "name"));
            return this;
        }

        /**
         * What was learnt.
         *
         * @param what the suggestions, and what they rest on
         * @return this
         * @throws IllegalStateException if it is set already
         */
        public Builder learnt(Learnt what) {
            learnt = once(learnt, what, "learnt");
            return this;
        }

        /**
         * What the record says about rules, people and uses.
         *
         * @param what the findings
         * @return this
         * @throws IllegalStateException if it is set already
         */
        public Builder findings(Findings what) {
            findings = once(findings, what, "findings");
            return this;
        }

        /**
         * What a proposed policy would have answered.
         *
         * @param what what came of the replay
         * @return this
         * @throws IllegalStateException if it is set already
         */
        public Builder simulation(Simulation what) {
            simulation = once(simulation, what, "simulation");
            return this;
        }

        /**
         * What accepted suggestions did.
         *
         * @param what the week
         * @return this
         * @throws IllegalStateException if it is set already
         */
        public Builder digest(Digest what) {
            digest = once(digest, what, "digest");
            return this;
        }

        /**
         * Makes the report.
         *
         * @return the report
         * @throws IllegalArgumentException if there is nothing to report
         */
        public FeedbackReport build() {
            return new FeedbackReport(title, asOf, histories, learnt, findings, simulation, digest);
        }

        private static <T> Optional<T> once(Optional<T> before, T what, String name) {
            if (before.isPresent()) {
                throw new IllegalStateException(name + " is set already");
            }
            return Optional.of(requireNonNull(what, name));
        }
    }
}
