package io.jitapproval.core.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** One policy and many questions to it: so many that parsing does not count. Shrinks to one question, then choice by choice. */
final class Trial {

    /** With these, the tries of one build make the number of pairs that it has to try. */
    static final int QUESTIONS = 25;

    private final int[] policy;
    private final List<int[]> questions;

    private Trial(int[] policy, List<int[]> questions) {
        this.policy = policy;
        this.questions = questions;
    }

    static Trial random(Random random, int questions) {
        Choices policy = Choices.random(random);
        Situations.policy(policy, true);
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            Choices question = Choices.random(random);
            new Questions(question).question();
            all.add(question.taken());
        }
        return new Trial(policy.taken(), all);
    }

    static Arbitrary<Trial> any() {
        return Arbitraries.fromGenerator(random -> new Shrinking(random(random, QUESTIONS)));
    }

    List<Situation> situations() {
        Situation unasked = Situations.policy(Choices.replay(policy), true);
        return questions.stream()
                .map(question -> unasked.asked(new Questions(Choices.replay(question)).question()))
                .toList();
    }

    /** How many choices made the policy. */
    int size() {
        return policy.length;
    }

    Stream<Trial> simpler() {
        if (questions.size() > 1) {
            return questions.stream().map(question -> new Trial(policy, List.of(question)));
        }
        int[] question = questions.get(0);
        return Stream.concat(
                Choices.simpler(policy).map(simpler -> new Trial(simpler, questions)),
                Choices.simpler(question).map(simpler -> new Trial(policy, List.of(simpler))));
    }

    private static final class Shrinking implements Shrinkable<Trial> {

        private final Trial trial;

        private Shrinking(Trial trial) {
            this.trial = trial;
        }

        @Override
        public Trial value() {
            return trial;
        }

        @Override
        public Stream<Shrinkable<Trial>> shrink() {
            return trial.simpler().map(Shrinking::new);
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(
                    trial.questions.size(),
                    trial.policy.length,
                    IntStream.of(trial.policy).sum(),
                    trial.questions.stream()
                            .mapToInt(question -> question.length)
                            .sum(),
                    trial.questions.stream().flatMapToInt(Arrays::stream).sum());
        }
    }

    @Override
    public String toString() {
        List<Situation> all = situations();
        return all.get(0) + (all.size() == 1 ? "" : "\n… and " + (all.size() - 1) + " more questions");
    }
}
