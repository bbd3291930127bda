package io.jitapproval.walls.outbox;

import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.DigestingApprovalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel that can tell several questions at once. Its moods are for digests as they are for notices. */
final class Mail extends Pigeon implements DigestingApprovalChannel {

    private final List<ApprovalDigest> digests = new CopyOnWriteArrayList<>();
    private final List<ApprovalDigest> delivered = new CopyOnWriteArrayList<>();

    Mail(String name) {
        super(name);
    }

    /** Every digest that came, carried or not. */
    List<ApprovalDigest> digests() {
        return List.copyOf(digests);
    }

    List<ApprovalDigest> delivered() {
        return List.copyOf(delivered);
    }

    /** How often somebody was interrupted by something about what waits for a decision, alone or in a digest. */
    int rings(String person) {
        List<List<ApprovalNotice>> all = new ArrayList<>();
        carried().forEach(notice -> all.add(List.of(notice)));
        delivered.forEach(digest -> all.add(digest.notices()));
        return (int) all.stream()
                .filter(one -> one.stream().anyMatch(notice -> switch (notice.kind()) {
                    case ASKED, REMINDED, ESCALATED, NOTED, CHANGED ->
                        notice.people().stream().anyMatch(each -> each.id().equals(person));
                    default -> false;
                }))
                .count();
    }

    @Override
    public void deliverDigest(ApprovalDigest digest) {
        digests.add(digest);
        attempt(digest.notices().get(0));
        delivered.add(digest);
    }
}
