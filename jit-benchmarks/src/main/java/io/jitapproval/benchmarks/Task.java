package io.jitapproval.benchmarks;

import io.jitapproval.Subject;
import java.math.BigDecimal;
import java.util.List;

/** What every row of the table is about. */
final class Task {

    static final String ACTION = "payment.refund";
    static final String ORDER = "42";
    static final String USER = "ana";
    static final String APPROVER = "mia";
    static final List<String> ROLES = List.of("EMPLOYEE", "AGENT", "SUPPORT");
    static final Subject ANA = Subject.user(USER).with("roles", ROLES);

    static final long LIMIT = 1_000;
    static final long ALLOWED = 500;
    static final long TOO_MUCH = 1_001;

    private Task() {}

    /** A fresh amount, as an application would read it from a request: nothing about it is cached. */
    static BigDecimal amount(long whole) {
        return BigDecimal.valueOf(whole * 100, 2);
    }

    /** The name of an action that some other rule is about. */
    static String otherAction(int number) {
        return "module" + number % 97 + ".action" + number;
    }

    /** One of the tenants who have a rule each. */
    static String tenant(int number) {
        return "tenant-" + number;
    }

    /** The checks of the setups. Wrong answers are cheap; nobody wants them fast. */
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
