package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Verdict;
import io.jitapproval.spi.ApprovalChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Run by {@link ApprovalChannelContractTest} alone, on the flaw that it sets; its name keeps Surefire from running it. */
class FlawedChannelTwin extends ApprovalChannelContract {

    static FlawedChannel.Flaw flaw = FlawedChannel.Flaw.NONE;

    private final FlawedChannel channel = new FlawedChannel(flaw, true);

    @Override
    Duration patience() {
        return Duration.ofMillis(100);
    }

    @Override
    protected ApprovalChannel channel() {
        return channel;
    }

    @Override
    protected List<String> delivered() {
        return channel.told();
    }

    @Override
    protected Optional<ApprovalChannel> unreachable() {
        return Optional.of(new FlawedChannel(flaw, false));
    }

    @Override
    protected boolean answer(ApprovalRequest request, String voter, Verdict verdict) {
        channel.answer(request, voter, verdict);
        return true;
    }
}
