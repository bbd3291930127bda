package io.jitapproval.core.guard;

import io.jitapproval.Demand;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.LinearPattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a requester said what the requirement demands. */
final class Demands {

    private Demands() {}

    /**
     * A demand that is not met.
     *
     * @param reason why the call is refused
     * @param detail what form is wanted; empty if any would do
     * @param advice how to say it
     */
    record Unmet(Reason reason, String detail, String advice) {}

    /** The first demand that is not met; null if all are. */
    static @Nullable Unmet unmet(Requirement required, Grounds grounds) {
        Unmet reason = unmet(
                required.reason(),
                grounds.reason(),
                Reason.REASON_REQUIRED,
                Reason.REASON_UNFIT,
                "Say why with because(…), or with reason = \"{parameter}\" on the annotation.");
        return reason != null
                ? reason
                : unmet(
                        required.ticket(),
                        grounds.ticket(),
                        Reason.TICKET_REQUIRED,
                        Reason.TICKET_UNFIT,
                        "Name it with ticket(…), or with ticket = \"{parameter}\" on the annotation.");
    }

    private static @Nullable Unmet unmet(Demand demand, String said, Reason none, Reason unfit, String advice) {
        boolean silent = said.isBlank();
        if (!demand.required() || (!silent && fits(demand, said))) {
            return null;
        }
        String hints = demand.forms().stream().map(Demand.Form::hint).distinct().collect(Collectors.joining("; and "));
        return new Unmet(silent ? none : unfit, hints.isEmpty() ? "" : "it asks for: " + hints, advice);
    }

    private static boolean fits(Demand demand, String said) {
        try {
            return demand.forms().stream()
                    .allMatch(form -> LinearPattern.compile(form.pattern()).fits(said));
        } catch (IllegalArgumentException unreadable) {
            // Policy is read with the same check; what another source made up fits nothing.
            return false;
        }
    }
}
