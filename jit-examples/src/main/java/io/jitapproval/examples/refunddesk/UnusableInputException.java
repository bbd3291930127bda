package io.jitapproval.examples.refunddesk;

import java.io.Serial;
import java.util.List;

/** Something that the user handed over cannot be used; nothing has been run. */
final class UnusableInputException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    UnusableInputException(List<Fault> faults) {
        super(faults.size() + " faults");
        this.faults = List.copyOf(faults);
    }

    UnusableInputException(String where, String code, String text) {
        this(List.of(new Fault(where, code, text)));
    }

    List<Fault> faults() {
        return faults;
    }
}
