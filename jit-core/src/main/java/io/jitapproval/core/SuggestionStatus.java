package io.jitapproval.core;

import java.util.List;

/**
 * Where the suggestions of a store stand.
 *
 * @param proposed     how many wait for somebody to look at them
 * @param shadow       how many are watched beside people
 * @param inForce      how many are in force, suspended ones included
 * @param suspended    the ids of those in force that the monitor suspended
 * @param expiringSoon the ids of those in force that end within 14 days
 * @param budgetSpent  what the δ of the certificates accepted in the current period are together
 * @param budgetLeft   what is left of the budget
 */
public record SuggestionStatus(
        int proposed,
        int shadow,
        int inForce,
        List<String> suspended,
        List<String> expiringSoon,
        double budgetSpent,
        double budgetLeft) {

    /**
     * Copies the lists.
     *
     * @param proposed     as above
     * @param shadow       as above
     * @param inForce      as above
     * @param suspended    as above
     * @param expiringSoon as above
     * @param budgetSpent  as above
     * @param budgetLeft   as above
     */
    public SuggestionStatus {
        suspended = List.copyOf(suspended);
        expiringSoon = List.copyOf(expiringSoon);
    }
}
