package io.jitapproval.core;

import java.time.LocalDate;
import java.util.List;

/**
 * What accepted suggestions did in some days: for a weekly digest.
 *
 * @param from  the first day, in UTC
 * @param to    the day after the last
 * @param lines one for each suggestion that is in force or was watched in these days, in the order of their ids
 */
public record SuggestionDigest(LocalDate from, LocalDate to, List<Line> lines) {

    /**
     * Copies the list.
     *
     * @param from  as above
     * @param to    as above
     * @param lines as above
     */
    public SuggestionDigest {
        lines = List.copyOf(lines);
    }

    /**
     * One suggestion.
     *
     * @param suggestion   what became of it up to now
     * @param saved        how many approvals its rules gave in these days, which people need not
     * @param audited      how many blind samples people answered in these days
     * @param auditedWrong how many of these they denied
     */
    public record Line(FiledSuggestion suggestion, long saved, long audited, long auditedWrong) {}
}
