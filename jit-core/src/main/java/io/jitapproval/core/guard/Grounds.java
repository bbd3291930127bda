package io.jitapproval.core.guard;

/**
 * Why a caller wants it, in the caller's words; shown to people and not part of what they approve.
 *
 * @param reason why; may be empty
 * @param ticket the ticket that it belongs to; may be empty
 * @param emergency what the emergency is, if there is one; otherwise empty
 */
record Grounds(String reason, String ticket, String emergency) {

    Grounds(String reason, String ticket) {
        this(reason, ticket, "");
    }

    boolean isEmergency() {
        return !emergency.isEmpty();
    }
}
