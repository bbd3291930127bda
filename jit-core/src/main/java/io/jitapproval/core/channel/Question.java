package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request on its way through the terminal. */
final class Question {

    final ApprovalRequest request;
    final List<Person> people;

    /** How it ended, once that is known. */
    volatile @Nullable ApprovalRequest ended;

    /** Whether that was printed. */
    volatile boolean told;

    /** Whether this terminal is casting a vote on it. */
    volatile boolean voting;

    /** The version of it that is on the screen. */
    volatile int version = 1;

    /** What this terminal said about it last, so that it is no news here. */
    volatile String said = "";

    Question(ApprovalRequest request, List<Person> people) {
        this.request = request;
        this.people = people;
        this.version = request.version();
    }

    String id() {
        return request.id();
    }
}
