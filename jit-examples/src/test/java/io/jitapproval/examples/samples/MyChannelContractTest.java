package io.jitapproval.examples.samples;

import static io.jitapproval.examples.samples.ForeignSystems.server;

import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.test.contract.ApprovalChannelContract;
import java.util.List;

class MyChannelContractTest extends ApprovalChannelContract {
    @Override
    protected ApprovalChannel channel() {
        return new MyChannel(server.url());
    }

    @Override
    protected List<String> delivered() {
        return server.received();
    }
}
