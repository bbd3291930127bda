package io.jitapproval.core.feedback.history;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.util.List;

/** The stable codes of what a history can have. {@code docs/history.md} lists them; a test compares. */
enum HistoryCode {
    UNREADABLE("H001", "A file is missing or cannot be read, or a directory has no history in it."),
    FOREIGN("H002", "A file is no history: it is empty, binary, a table or one JSON document."),
    SYNTAX("H003", "A line is not well-formed JSON, or is cut off."),
    TWICE("H004", "An object has the same field twice, or one thing is said in two places."),
    LIMIT("H005", "A line, a number or the nesting is beyond what is read, or too many requests are open at once."),
    NOT_UTF8("H006", "A line is not UTF-8, or has half a character in it."),
    MISSING("H007", "A field that must be there is missing."),
    TYPE("H008", "A value has the wrong type."),
    TIME("H009", "A time is not ISO 8601 with an offset, nor seconds or milliseconds since 1970."),
    WORD("H010", "A word is not one of those that can stand there."),
    RANGE("H011", "A text is blank, or a number is outside what it can be."),
    CONTRADICTION("H012", "Two lines have the same id and say different things, or one line contradicts itself."),
    VERSION("H013", "A record has a version of the format that is not known."),
    TOO_MANY("H014", "The history has more faults than are listed."),
    TORN("H020", "The last record of an audit file is cut off: it was never acknowledged, and is left out."),
    REPEATED("H021", "A line or record stands there more than once, byte for byte: it counts once."),
    CLOCK("H022", "A time is before the one above it, or a decision before its question: kept as it is."),
    NOBODY("H023", "A line does not say who decided: it is no evidence."),
    BEFORE("H024", "A record is about a request or grant that is not open in the log: left out."),
    OBSERVED("H025", "A call was only observed: nobody decided on it, and it is left out."),
    UNKNOWN_KIND("H026", "A record is of a kind that nobody knows: left out."),
    NOT_VOIDED("H027", "A record takes back another that does not stand right before it: nothing is undone.");

    private final String number;
    private final String meaning;

    HistoryCode(String number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The code as people see it, such as {@code JIT-H003}. */
    String code() {
        return "JIT-" + number;
    }

    /** One sentence for the reference. */
    String meaning() {
        return meaning;
    }

    ConfigurationProblem at(String where, String what) {
        return new ConfigurationProblem(code(), where, what);
    }

    JitConfigurationException stop(String where, String what) {
        return new JitConfigurationException(List.of(at(where, what)));
    }
}
