package io.jitapproval.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.DigestingApprovalChannel;
import io.jitapproval.spi.UpdatingApprovalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is asked of a channel that is given digests. */
abstract class ChannelDigests {

    private final ApprovalChannelContract contract;

    ChannelDigests(ApprovalChannelContract contract) {
        this.contract = contract;
    }

    private DigestingApprovalChannel open() throws Exception {
        ApprovalChannel channel = contract.open();
        assumeTrue(
                channel instanceof DigestingApprovalChannel && !(channel instanceof UpdatingApprovalChannel),
                "the channel is given no digests");
        return (DigestingApprovalChannel) channel;
    }

    private ApprovalDigest digest(ApprovalNotice... notices) {
        List.of(notices).forEach(notice -> contract.put(notice.request()));
        return new ApprovalDigest("digest-of-" + notices.length, List.of(notices));
    }

    private static String resource(ApprovalNotice notice) {
        return notice.request().resource().id();
    }

    @Test
    @DisplayName("reaches people with everything that they need to decide each of its questions")
    void wholeTogether() throws Exception {
        ApprovalNotice[] notices = {
            ApprovalChannelContract.asked(ApprovalChannelContract.request("r1", "ticket 1")),
            ApprovalChannelContract.notice(Kind.REMINDED, ApprovalChannelContract.request("r2", "ticket 2")),
            ApprovalChannelContract.notice(Kind.ESCALATED, ApprovalChannelContract.request("r3", "ticket 3"))
        };
        open().deliverDigest(digest(notices));

        for (ApprovalNotice notice : notices) {
            ApprovalRequest request = notice.request();
            contract.requireDelivered(
                    request.subject().id(), request.action(), resource(notice), "amount", "5000", request.reason());
        }
    }

    @Test
    @DisplayName("shows no hidden value and no control signs (wall 12)")
    void hidesTogether() throws Exception {
        ApprovalNotice one = ApprovalChannelContract.asked(ApprovalChannelContract.request("r1"));
        ApprovalNotice evil =
                ApprovalChannelContract.asked(ApprovalChannelContract.request("r2", ApprovalChannelContract.ATTACK));
        open().deliverDigest(digest(one, evil));

        contract.requireDelivered(resource(one), resource(evil));
        assertThat(contract.all()).doesNotContain(ApprovalChannelContract.HIDDEN, "\u001b[2J", "\u202e", "\u0007");
    }

    @Test
    @DisplayName("may come twice under the same id, and its questions once more, each by itself")
    void twiceTogether() throws Exception {
        ApprovalNotice one = ApprovalChannelContract.asked(ApprovalChannelContract.request("r1"));
        ApprovalNotice other = ApprovalChannelContract.asked(ApprovalChannelContract.request("r2"));
        open().deliverDigest(digest(one, other));
        open().deliverDigest(digest(one, other));
        contract.deliver(one);

        contract.requireDelivered(resource(one), resource(other));
    }

    @Test
    @DisplayName("may be as large as a digest gets, and nothing in it is lost")
    void mostTogether() throws Exception {
        List<ApprovalNotice> many = new ArrayList<>();
        for (int i = 0; i < ApprovalDigest.MOST_NOTICES; i++) {
            many.add(ApprovalChannelContract.asked(ApprovalChannelContract.request("r" + (1_000 + i))));
        }
        open().deliverDigest(digest(many.toArray(ApprovalNotice[]::new)));

        contract.requireDelivered(many.stream().map(ChannelDigests::resource).toArray(String[]::new));
    }

    @Test
    @DisplayName("is followed by what becomes of its requests (wall 11)")
    void followedUp() throws Exception {
        ApprovalNotice one = ApprovalChannelContract.asked(ApprovalChannelContract.request("r1"));
        ApprovalNotice other = ApprovalChannelContract.asked(ApprovalChannelContract.request("r2"));
        open().deliverDigest(digest(one, other));
        contract.requireDelivered(resource(one), resource(other));

        contract.deliver(ApprovalChannelContract.notice(Kind.NOTED, one.request()));
        contract.deliver(ApprovalChannelContract.ended(one.request()));
        contract.deliver(ApprovalChannelContract.ended(other.request()));
    }

    @Test
    @DisplayName("that cannot be delivered fails: a failure that nobody hears of loses all of its questions (wall 11)")
    void tellsFailureTogether() throws Exception {
        Optional<ApprovalChannel> channel = contract.unreachable();
        assumeTrue(channel.isPresent(), "unreachable() is not implemented");
        contract.open(channel.get());
        DigestingApprovalChannel unreachable = open();
        ApprovalDigest digest = digest(ApprovalChannelContract.asked(ApprovalChannelContract.request("r1")));

        assertThatThrownBy(() -> unreachable.deliverDigest(digest)).isInstanceOf(Exception.class);
    }

    @Test
    @DisplayName("decides nothing by being delivered (wall 10)")
    void nobodyAnswersTogether() throws Exception {
        ApprovalNotice one = ApprovalChannelContract.asked(ApprovalChannelContract.request("r1"));
        open().deliverDigest(digest(one, ApprovalChannelContract.asked(ApprovalChannelContract.request("r2"))));

        contract.requireDelivered(resource(one));
        assertThat(contract.votes()).isEmpty();
    }
}
