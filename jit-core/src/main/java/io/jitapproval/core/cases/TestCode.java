package io.jitapproval.core.cases;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Node.Place;
import io.jitapproval.core.document.Problems;

/**
 * The stable codes of the faults that only a file of policy tests can have. {@code docs/policy-tests.md} lists them; a test
 * compares.
 */
enum TestCode {
    NO_CASES("T001", "There are no cases: nothing would be tested."),
    UNREADABLE("T002", "A file is missing, is not UTF-8 or cannot be read."),
    SAME_NAME("T003", "Two cases have the same name."),
    NO_TIME("T004", "A case has no time."),
    WHO("T005", "A subject, an actor or a resource is not written as it has to be."),
    COLUMN("T006", "A column names no field, or a field that is said elsewhere too."),
    ROW("T007", "A row has more or fewer values than there are columns."),
    CONTRADICTION("T008", "An expectation can never hold beside the expected decision."),
    ANSWER("T009", "What is said of a failing lookup is not `fails: true`."),
    PERSON("T010", "An approver is not among the people, or an identity belongs to two of them."),
    TWICE("T011", "The properties of the action are said twice.");

    private final String number;
    private final String meaning;

    TestCode(String number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    String code() {
        return "JIT-" + number;
    }

    /** One sentence for the reference. */
    String meaning() {
        return meaning;
    }

    void at(Place place, Problems problems, String what) {
        problems.add(code(), place, what);
    }

    void at(Node node, Problems problems, String what) {
        problems.add(code(), node.place(), what);
    }

    ConfigurationProblem of(String where, String what) {
        return new ConfigurationProblem(code(), where, what);
    }
}
