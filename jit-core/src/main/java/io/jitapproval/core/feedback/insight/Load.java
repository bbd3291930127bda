package io.jitapproval.core.feedback.insight;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who answers how much, and how long requests wait.
 *
 * @param requests   how many requests people were asked about
 * @param medianWait half of those that were decided were so within this; empty if there are none
 * @param p90Wait    nine of ten were; empty if there are none
 * @param people     who voted, those with most votes first
 * @param hours      the 24 hours of a day
 */
public record Load(
        long requests,
        Optional<Duration> medianWait,
        Optional<Duration> p90Wait,
        List<Person> people,
        List<Hour> hours) {

    /**
     * Checks that everything is there and copies the lists.
     *
     * @param requests   as above
     * @param medianWait as above
     * @param p90Wait    as above
     * @param people     as above
     * @param hours      as above
     */
    public Load {
        requireNonNull(medianWait, "medianWait");
        requireNonNull(p90Wait, "p90Wait");
        people = List.copyOf(people);
        hours = List.copyOf(hours);
    }

    /**
     * One person's answers.
     *
     * @param person      who
     * @param votes       how many votes
     * @param approved    how many of them approved
     * @param median      half of the answers took at most this; empty if not known
     * @param p90         nine of ten took at most this; empty if not known
     * @param busiestHour the most votes within one hour by the clock
     */
    public record Person(
            Ref person, int votes, int approved, Optional<Duration> median, Optional<Duration> p90, int busiestHour) {

        /**
         * Checks that everything is there.
         *
         * @param person      as above
         * @param votes       as above
         * @param approved    as above
         * @param median      as above
         * @param p90         as above
         * @param busiestHour as above
         */
        public Person {
            requireNonNull(person, "person");
            requireNonNull(median, "median");
            requireNonNull(p90, "p90");
        }
    }

    /**
     * One hour of the day, over all days.
     *
     * @param hour       0 to 23
     * @param opened     how many requests were asked in it
     * @param votes      how many votes were cast in it
     * @param medianWait how long half of those that were asked in it waited at most; empty if none was decided
     * @param meanQueue  how many others waited when one was asked, on average; NaN if not known
     */
    public record Hour(int hour, long opened, long votes, Optional<Duration> medianWait, double meanQueue) {

        /**
         * Checks that everything is there.
         *
         * @param hour       as above
         * @param opened     as above
         * @param votes      as above
         * @param medianWait as above
         * @param meanQueue  as above
         */
        public Hour {
            requireNonNull(medianWait, "medianWait");
        }
    }
}
