package io.jitapproval.walls.theirs;

import io.jitapproval.Course;
import io.jitapproval.Note;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Shown;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** One request before people, as the checks see it: ours and broken ones stand behind the same door. */
interface Office extends AutoCloseable {

    /** What a voter looks at when they vote. */
    Shown look();

    /** Votes on what was looked at; says whether it counted. */
    boolean vote(String who, Verdict verdict, Shown shown);

    default boolean approve(String who) {
        return vote(who, Verdict.APPROVE, look());
    }

    default boolean deny(String who) {
        return vote(who, Verdict.DENY, look());
    }

    default boolean abstain(String who) {
        return vote(who, Verdict.ABSTAIN, look());
    }

    /** All of them approve at the same moment. */
    void approveAtOnce(List<String> all);

    /** The requester says more. */
    void inform(String text);

    /** The requester wants another amount. */
    void change(int amount);

    /** While a person is away, another stands in; says whether that is accepted. */
    boolean standIn(String principal, String standIn);

    void pass(Duration time);

    /** The state, as a word. */
    String state();

    /** Why it ended; none while it is pending. */
    Optional<Reason> outcome();

    @Override
    void close();

    /** What the library does. */
    final class Ours implements Office {

        final House house;

        Ours(UnaryOperator<Requirement> required) {
            house = new House(required);
            house.ask();
        }

        @Override
        public Shown look() {
            return house.now().shown();
        }

        @Override
        public boolean vote(String who, Verdict verdict, Shown shown) {
            return house.cast(new Vote(Ref.user(who), verdict, "", shown, Optional.empty(), ""))
                    .counted();
        }

        @Override
        public void approveAtOnce(List<String> all) {
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(all.size());
            try {
                List<? extends Future<?>> votes = all.stream()
                        .map(who -> threads.submit(() -> {
                            start.await();
                            return approve(who);
                        }))
                        .toList();
                start.countDown();
                for (Future<?> vote : votes) {
                    vote.get();
                }
            } catch (Exception failure) {
                throw new AssertionError(failure);
            } finally {
                threads.shutdownNow();
            }
        }

        @Override
        public void inform(String text) {
            house.guard.approvals().say(house.now().id(), Ref.user("ana"), Note.Kind.INFORMATION, text);
        }

        @Override
        public void change(int amount) {
            house.pay(amount).changing(house.now().id()).submit();
        }

        @Override
        public boolean standIn(String principal, String standIn) {
            return house.guard
                            .approvals()
                            .standIns()
                            .name(
                                    Ref.user(principal),
                                    Ref.user(standIn),
                                    house.clock.instant(),
                                    house.clock.instant().plus(Duration.ofDays(3)))
                    == Reason.STAND_IN_NAMED;
        }

        @Override
        public void pass(Duration time) {
            house.clock.advance(time);
        }

        @Override
        public String state() {
            return house.now().stateAt(house.clock.instant()).word();
        }

        @Override
        public Optional<Reason> outcome() {
            house.approve("leo");
            return house.now().outcome();
        }

        @Override
        public void close() {
            house.close();
        }
    }

    /** What the requirement does at its decide-by, for offices that are built from it. */
    static boolean denies(Requirement required) {
        return required.course().atDecideBy() == Course.AtDecideBy.DENY;
    }
}
