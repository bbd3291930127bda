package io.jitapproval.test.contract;

import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The simplest channel that can change what it sent, with one flaw built in. Without a flaw it keeps the contract. */
final class FlawedChat implements UpdatingApprovalChannel {

    enum Flaw {
        NONE(""),
        NAMES_NOTHING("changesWhatIsThere"),
        ONE_NAME_FOR_ALL("changesWhatIsThere"),
        CHANGES_ONCE("changesWhatIsThere"),
        LOSES_CHANGES_IN_SILENCE("tellsFailure");

        final String caughtBy;

        Flaw(String caughtBy) {
            this.caughtBy = caughtBy;
        }
    }

    private final Flaw flaw;
    private final boolean reachable;
    private final Map<String, String> messages = new LinkedHashMap<>();
    private final Map<String, Integer> changes = new LinkedHashMap<>();

    FlawedChat(Flaw flaw, boolean reachable) {
        this.flaw = flaw;
        this.reachable = reachable;
    }

    synchronized List<String> shown() {
        return new ArrayList<>(messages.values());
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public synchronized String send(ApprovalNotice notice) {
        if (!reachable) {
            throw new IllegalStateException("no connection");
        }
        String message = "m" + (messages.size() + 1);
        messages.put(message, text(notice));
        return switch (flaw) {
            case NAMES_NOTHING -> "";
            case ONE_NAME_FOR_ALL -> "m1";
            default -> message;
        };
    }

    @Override
    public synchronized void update(String message, ApprovalNotice notice) {
        if (!reachable) {
            if (flaw == Flaw.LOSES_CHANGES_IN_SILENCE) {
                return;
            }
            throw new IllegalStateException("no connection");
        }
        if (changes.merge(message, 1, Integer::sum) > 1 && flaw == Flaw.CHANGES_ONCE) {
            throw new IllegalStateException("changed already");
        }
        messages.put(message, text(notice));
    }

    private static String text(ApprovalNotice notice) {
        StringBuilder text = new StringBuilder(notice.kind().word())
                .append(": ")
                .append(notice.request().subject())
                .append(" asks to ")
                .append(notice.request().action())
                .append(" on ")
                .append(notice.request().resource())
                .append(" because ")
                .append(notice.request().reason());
        notice.request().arguments().forEach(argument -> text.append(' ')
                .append(argument.name())
                .append(' ')
                .append(argument.text()));
        return text.toString().replaceAll("\\p{C}", "?");
    }
}
