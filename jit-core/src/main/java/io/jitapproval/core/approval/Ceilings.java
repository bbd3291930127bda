package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.ShownArgument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Which ceilings a vote may set: for numbers that the action takes lower, more than nothing and less than was asked. */
final class Ceilings {

    /** More decimal places than this are no amount, but a number that takes ages to reckon with. */
    private static final int MOST_PLACES = 34;

    private Ceilings() {}

    /** {@link Reason#VOTE_COUNTED}, or why the terms of a vote do not fit. */
    static Reason whyNot(GrantTerms narrowed, ApprovalRequest request) {
        Map<String, BigDecimal> policys = request.requirement().grant().ceilings();
        for (Map.Entry<String, BigDecimal> ceiling : narrowed.ceilings().entrySet()) {
            String name = ceiling.getKey();
            BigDecimal most = ceiling.getValue();
            BigDecimal policy = policys.get(name);
            boolean fits = (policy != null && most.compareTo(policy) == 0)
                    || request.arguments().stream()
                            .anyMatch(argument -> argument.name().equals(name) && lowers(most, argument));
            if (!fits) {
                return Reason.CEILING_UNFIT;
            }
        }
        return Reason.VOTE_COUNTED;
    }

    private static boolean lowers(BigDecimal most, ShownArgument argument) {
        if (!argument.lowerable() || most.signum() <= 0) {
            return false;
        }
        Object asked = argument.value();
        if (asked instanceof BigDecimal number) {
            return most.scale() <= Math.max(number.scale(), MOST_PLACES) && most.compareTo(number) < 0;
        }
        boolean whole = asked instanceof BigInteger || asked instanceof Long || asked instanceof Integer;
        return whole && most.scale() <= 0 && most.compareTo(new BigDecimal(String.valueOf(asked))) < 0;
    }
}
