package io.jitapproval.core.analysis;

import io.jitapproval.Effect;
import io.jitapproval.Explanation.Match;

/** Sets of the three truth values as bits: what a comparison or rule may still come out as. */
final class Masks {

    static final int NO = 1;
    static final int UNKNOWN = 2;
    static final int YES = 4;
    static final int ANY = NO | UNKNOWN | YES;

    private Masks() {}

    static int of(Match match) {
        return switch (match) {
            case NOT_MATCHED -> NO;
            case UNKNOWN -> UNKNOWN;
            case MATCHED -> YES;
        };
    }

    static boolean isOne(int mask) {
        return (mask & (mask - 1)) == 0;
    }

    /** The one value of a set of one. */
    static Match match(int mask) {
        return switch (mask) {
            case NO -> Match.NOT_MATCHED;
            case UNKNOWN -> Match.UNKNOWN;
            case YES -> Match.MATCHED;
            default -> throw new IllegalArgumentException("not one value: " + mask);
        };
    }

    static int and(int a, int b) {
        int and = ((a | b) & NO) | (a & b & YES);
        boolean unknown = ((a & UNKNOWN) != 0 && (b & (UNKNOWN | YES)) != 0)
                || ((b & UNKNOWN) != 0 && (a & (UNKNOWN | YES)) != 0);
        return unknown ? and | UNKNOWN : and;
    }

    static int not(int a) {
        return ((a & NO) << 2) | (a & UNKNOWN) | ((a & YES) >> 2);
    }

    static int or(int a, int b) {
        return not(and(not(a), not(b)));
    }

    /** With which of its outcomes a rule of this effect counts. */
    static int counting(Effect effect) {
        return effect == Effect.ALLOW ? YES : YES | UNKNOWN;
    }
}
