package io.jitapproval.test.contract;

import io.jitapproval.spi.ApprovalChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Run by {@link ApprovalChannelContractTest} alone, on the flaw that it sets; its name keeps Surefire from running it. */
class FlawedChatTwin extends ApprovalChannelContract {

    static FlawedChat.Flaw flaw = FlawedChat.Flaw.NONE;

    private final FlawedChat channel = new FlawedChat(flaw, true);

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
        return channel.shown();
    }

    @Override
    protected Optional<ApprovalChannel> unreachable() {
        return Optional.of(new FlawedChat(flaw, false));
    }
}
