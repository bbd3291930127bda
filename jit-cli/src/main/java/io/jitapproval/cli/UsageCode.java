package io.jitapproval.cli;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.util.List;

/** The stable codes of what the command itself complains about. {@code docs/cli.md} lists them; a test compares. */
enum UsageCode {
    USAGE("Q001", "The command was called in a way that it does not know."),
    UNREADABLE("Q002", "A file is missing, is a directory or may not be read."),
    NOT_UTF8("Q003", "The input is not UTF-8."),
    TOO_LARGE("Q004", "A file or a line is larger than the command reads."),
    TIME("Q005", "A time is not ISO 8601 with an offset."),
    SEMANTIC("Q006", "A batch of evaluations asks for a way to evaluate it that nobody knows."),
    ATTRIBUTES("Q007", "A file of attributes or people does not say whose they are."),
    UNWRITABLE("Q008", "A file cannot be written, or is there already."),
    BROKEN("Q009", "Reading or writing failed half-way."),
    FORMAT("Q010", "A document cannot be formatted without losing something of it.");

    private final String number;
    private final String meaning;

    UsageCode(String number, String meaning) {
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

    ConfigurationProblem at(String where, String what) {
        return new ConfigurationProblem(code(), where, what);
    }

    JitConfigurationException stop(String where, String what) {
        return new JitConfigurationException(List.of(at(where, what)));
    }
}
