package io.jitapproval.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.JitApprovalException;
import io.jitapproval.Reason;
import io.jitapproval.walls.Counter.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

@Label("wall 2, R01: what was approved is what runs")
class ChangedArgumentsTest {

    private static final Counter PROGRAMMATIC = new Counter.Programmatic(1);
    private static final Counter ANNOTATED = new Counter.Annotated(1);
    private static final AtomicLong MARKS = new AtomicLong();

    @AfterContainer
    static void close() {
        PROGRAMMATIC.close();
        ANNOTATED.close();
    }

    private static void checkChangedAfterApproval(Counter counter, long seed, int leaf) {
        try {
            long mark = MARKS.incrementAndGet();
            ArgumentGraph graph = new ArgumentGraph(seed, mark);
            String approved = ArgumentGraph.content(graph.root());
            counter.approve(graph.root());
            graph.mutate(leaf);
            assertThat(ArgumentGraph.content(graph.root())).isNotEqualTo(approved);

            List<Object> ran = new ArrayList<>();
            assertThatThrownBy(() -> counter.call(graph.root(), ran::add)).isInstanceOf(JitApprovalException.class);
            assertThat(ran).isEmpty();

            // An equal argument does run: what denied was the change alone.
            AtomicReference<String> seen = new AtomicReference<>();
            counter.call(new ArgumentGraph(seed, mark).root(), value -> seen.set(ArgumentGraph.content(value)));
            assertThat(seen).hasValue(approved);
        } finally {
            counter.tidy();
        }
    }

    /** How a call ended: what the action saw, or why it did not run. */
    private record Ending(Optional<String> seen, Optional<Reason> refused) {}

    private static Ending checkChangedMeanwhile(
            Counter counter, long seed, Moment moment, Consumer<ArgumentGraph> change) {
        try {
            ArgumentGraph graph = new ArgumentGraph(seed, MARKS.incrementAndGet());
            String approved = ArgumentGraph.content(graph.root());
            boolean waits = moment == Moment.ASKING || moment == Moment.WAITING;
            if (!waits) {
                counter.approve(graph.root());
            }
            counter.at(moment, () -> change.accept(graph));
            AtomicReference<String> seen = new AtomicReference<>();
            Ending ending;
            try {
                Consumer<Object> action = value -> seen.set(ArgumentGraph.content(value));
                if (waits) {
                    counter.askAndCall(graph.root(), action);
                } else {
                    counter.call(graph.root(), action);
                }
                ending = new Ending(Optional.of(seen.get()), Optional.empty());
            } catch (JitApprovalException refused) {
                assertThat(seen).hasNullValue();
                ending = new Ending(Optional.empty(), Optional.of(refused.reason()));
            }
            assertThat(ArgumentGraph.content(graph.root())).as("the change").isNotEqualTo(approved);
            ending.seen().ifPresent(content -> assertThat(content).as("seen").isEqualTo(approved));
            return ending;
        } finally {
            counter.tidy();
        }
    }

    @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
    @Label("wall 2, R01: a leaf changed after the approval denies the call")
    void changedAfterApproval(@ForAll long seed, @ForAll int leaf) {
        checkChangedAfterApproval(PROGRAMMATIC, seed, leaf);
    }

    @Property(tries = 2500, shrinking = ShrinkingMode.OFF)
    @Label("wall 2, R01: a leaf changed after the approval denies the annotated call")
    void changedAfterApprovalAnnotated(@ForAll long seed, @ForAll int leaf) {
        checkChangedAfterApproval(ANNOTATED, seed, leaf);
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    @Label("wall 2, R01: a leaf changed within the call denies it")
    void changedWithinTheCall(@ForAll long seed, @ForAll int leaf, @ForAll Moment moment) {
        Ending ending = checkChangedMeanwhile(PROGRAMMATIC, seed, moment, graph -> graph.mutate(leaf));

        // Who acts is asked before the arguments are frozen: a change then asks anew.
        assertThat(ending.refused())
                .contains(moment == Moment.RESOLVING ? Reason.APPROVAL_PENDING : Reason.BINDING_MISMATCH);
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    @Label("wall 2, R02: a leaf changed within the annotated call reaches only the caller's object")
    void changedWithinTheAnnotatedCall(@ForAll long seed, @ForAll int leaf, @ForAll Moment moment) {
        Ending ending = checkChangedMeanwhile(ANNOTATED, seed, moment, graph -> graph.mutate(leaf));

        assertThat(ending.seen()).isPresent();
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    @Label("wall 2, R01: a change to something that cannot be frozen is a change")
    void changedToSomethingUnsupported(@ForAll long seed, @ForAll Moment moment) {
        Ending ending = checkChangedMeanwhile(
                PROGRAMMATIC, seed, moment, graph -> graph.root().add(new Object()));

        assertThat(ending.refused())
                .contains(moment == Moment.RESOLVING ? Reason.ARGUMENT_UNSUPPORTED : Reason.BINDING_MISMATCH);
    }

    @Example
    @Label("wall 2, R01, twin: a digest taken once")
    void twinDigestOnce() {
        for (int seed = 0; seed < 50; seed++) {
            int graph = seed;
            assertThatThrownBy(() -> checkChangedAfterApproval(new Counter.DigestOnce(), graph, graph))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Example
    @Label("wall 2, R02, twin: the caller's object passed through")
    void twinPassedThrough() {
        checkChangedAfterApproval(new Counter.PassedThrough(), 1, 1);
        for (int seed = 0; seed < 50; seed++) {
            int graph = seed;
            assertThatThrownBy(() -> checkChangedMeanwhile(
                            new Counter.PassedThrough(), graph, Moment.RECORDING, changed -> changed.mutate(graph)))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
