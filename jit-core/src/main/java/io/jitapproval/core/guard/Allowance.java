package io.jitapproval.core.guard;

import io.jitapproval.GuardedUse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call may use of the numbers that it lets be lowered. One for all that becomes of the call, since they change with its grant. */
final class Allowance {

    /** Under a grant: what it lets the call use. */
    private record Under(Optional<String> grantId, Map<String, BigDecimal> lowered) {}

    private final Map<String, BigDecimal> asked;
    private volatile boolean taken;
    private volatile Under under = new Under(Optional.empty(), Map.of());

    Allowance(List<Argument> arguments, boolean taken) {
        Map<String, BigDecimal> numbers = Map.of();
        for (Argument argument : arguments) {
            Object value = argument.frozen();
            if (argument.lowerable() && value != null) {
                numbers = numbers.isEmpty() ? new HashMap<>() : numbers;
                numbers.put(argument.name(), decimal(value));
            }
        }
        this.asked = numbers;
        this.taken = taken;
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    /** The numbers that were asked. */
    Map<String, BigDecimal> asked() {
        return asked;
    }

    /** Whether the action takes what it may use from here. */
    boolean isTaken() {
        return taken;
    }

    /** The action takes what it may use from here. */
    void take() {
        taken = true;
    }

    /** The call is about to run under a grant that lets it use no more than this. */
    void under(String grantId, Map<String, BigDecimal> lowered) {
        under = new Under(Optional.of(grantId), lowered);
    }

    /** What to run with in the place of an argument. */
    @Nullable
    Object of(Argument argument) {
        BigDecimal most = argument.lowerable() ? under.lowered().get(argument.name()) : null;
        return most == null ? argument.frozen() : like(argument.frozen(), most);
    }

    /** A lower number of the kind that was asked; in whole numbers rounded down. */
    private static Object like(@Nullable Object asked, BigDecimal most) {
        if (asked instanceof BigDecimal number) {
            return scaled(number, most);
        }
        BigInteger whole = most.toBigInteger();
        if (asked instanceof Integer) {
            return whole.intValueExact();
        }
        if (asked instanceof Long) {
            return whole.longValueExact();
        }
        return whole;
    }

    /** With the scale that was asked, where that loses nothing: a ceiling has none of its own. */
    private static BigDecimal scaled(BigDecimal asked, BigDecimal most) {
        return most.setScale(Math.max(asked.scale(), Math.max(0, most.scale())));
    }

    GuardedUse use(String action, List<Argument> arguments) {
        Map<String, BigDecimal> numbers = new HashMap<>();
        for (Argument argument : arguments) {
            Object value = of(argument);
            if (argument.lowerable() && value != null) {
                numbers.put(argument.name(), decimal(value));
            }
        }
        return new GuardedUse(action, under.grantId(), numbers);
    }
}
