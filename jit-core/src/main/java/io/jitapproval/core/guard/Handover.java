package io.jitapproval.core.guard;

import io.jitapproval.ApproverSelector;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.core.guard.Claims.Claim;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.OutboxMessage;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Hands messages whose delivery has begun over to a channel. Those whom the directory no longer knows are left out. */
final class Handover {

    private static final int DIGITS = 32;

    private final PeopleDirectory people;

    Handover(PeopleDirectory people) {
        this.people = people;
    }

    /** Whether a channel is given digests. */
    static boolean digests(ApprovalChannel channel) {
        return channel instanceof DigestingApprovalChannel && !(channel instanceof UpdatingApprovalChannel);
    }

    /** The id of what goes out together. */
    static String digestId(List<Claim> claims) {
        String ids = claims.stream().map(claim -> claim.message().id()).collect(Collectors.joining("\n"));
        return "digest-"
                + Digests.sha256Hex(ids.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    /** Hands one message over; the result is what the channel calls it, if it says. */
    Optional<String> one(ApprovalChannel channel, Claim claim, Map<String, Person> known) throws Exception {
        ApprovalNotice notice = notice(claim, known);
        if (!(channel instanceof UpdatingApprovalChannel updating)) {
            channel.deliver(notice);
            return Optional.empty();
        }
        OutboxMessage message = claim.message();
        Optional<String> handle = MessageLife.handle(claim.ledger(), message);
        if (handle.isPresent()) {
            updating.update(handle.get(), notice);
            return handle;
        }
        String sent = updating.send(notice);
        if (sent == null || sent.isBlank()) {
            throw new IllegalStateException("channel " + message.channel() + " sent a message and gave it no name");
        }
        return Optional.of(sent);
    }

    /** Hands several over at once. */
    void together(DigestingApprovalChannel channel, List<Claim> claims, String digestId) throws Exception {
        Map<String, Person> met = new HashMap<>();
        List<ApprovalNotice> notices = new ArrayList<>();
        for (Claim claim : claims) {
            ApprovalNotice notice = notice(claim, met);
            notice.people().forEach(person -> met.put(person.id(), person));
            notices.add(notice);
        }
        channel.deliverDigest(new ApprovalDigest(digestId, notices));
    }

    private ApprovalNotice notice(Claim claim, Map<String, Person> known) throws Exception {
        OutboxMessage message = claim.message();
        List<Person> persons = new ArrayList<>();
        for (String person : message.people()) {
            Person met = known.get(person);
            if (met != null) {
                persons.add(met);
            } else {
                persons.addAll(people.named(new ApproverSelector(ApproverSelector.Kind.PERSON, person)));
            }
        }
        return new ApprovalNotice(message.id(), message.kind(), claim.request(), persons);
    }
}
