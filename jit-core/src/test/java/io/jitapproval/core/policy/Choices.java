package io.jitapproval.core.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The choices of a generator, written down: replaying fewer or smaller ones gives something simpler. This is how generated
 * policies and requests shrink.
 */
final class Choices {

    /** About as many choices as one rule has. */
    private static final int LONG = 24;

    private final int[] given;
    private final Random random;
    private int[] taken = new int[64];
    private int many;

    private Choices(int[] given, Random random) {
        this.given = given;
        this.random = random;
    }

    static Choices random(Random random) {
        return new Choices(new int[0], random);
    }

    /** Behind the end of the given choices, the first of everything is chosen. */
    static Choices replay(int... given) {
        return new Choices(given, null);
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        int choice = 0;
        if (random != null) {
            choice = random.nextInt(bound);
        } else if (many < given.length) {
            choice = given[many] % bound;
        }
        if (many == taken.length) {
            taken = Arrays.copyOf(taken, many * 2);
        }
        taken[many++] = choice;
        return choice;
    }

    /** True in one of so many cases. */
    boolean chance(int in) {
        return below(in) == in - 1;
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    int[] taken() {
        return Arrays.copyOf(taken, many);
    }

    /** Simpler ones, boldest first: without a stretch of choices, with the first instead, with a smaller one. */
    static Stream<int[]> simpler(int[] choices) {
        Stream<int[]> bold = Stream.iterate(choices.length, size -> size > LONG, size -> size / 2)
                .flatMap(size -> stretches(choices, size, size));
        Stream<int[]> fine = Stream.iterate(Math.min(LONG, choices.length), size -> size > 0, size -> size - 1)
                .flatMap(size -> stretches(choices, size, 1));
        Stream<int[]> lower = IntStream.range(0, choices.length)
                .filter(at -> choices[at] > 0)
                .boxed()
                .flatMap(at -> IntStream.of(0, choices[at] / 2, choices[at] - 1)
                        .distinct()
                        .mapToObj(value -> with(choices, at, value)));
        return Stream.concat(Stream.concat(bold, fine), lower);
    }

    /** Without each stretch of a size. */
    private static Stream<int[]> stretches(int[] choices, int size, int step) {
        return IntStream.iterate(0, at -> at < choices.length, at -> at + step)
                .mapToObj(at -> without(choices, at, Math.min(size, choices.length - at)));
    }

    private static int[] without(int[] choices, int at, int size) {
        int[] shorter = Arrays.copyOf(choices, choices.length - size);
        System.arraycopy(choices, at + size, shorter, at, choices.length - at - size);
        return shorter;
    }

    private static int[] with(int[] choices, int at, int value) {
        int[] lower = choices.clone();
        lower[at] = value;
        return lower;
    }
}
