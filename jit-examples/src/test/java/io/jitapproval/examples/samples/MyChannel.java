package io.jitapproval.examples.samples;

import static io.jitapproval.examples.samples.ForeignSystems.server;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.spi.ApprovalNotice;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Posts what people need to know; what it cannot vouch for is made visible, and nothing is posted twice. */
final class MyChannel implements ApprovalChannel {

    private final String url;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    MyChannel(String url) {
        this.url = url;
    }

    @Override
    public String name() {
        return "mine";
    }

    @Override
    public void deliver(ApprovalNotice notice) {
        ApprovalRequest request = notice.request();
        if (!sent.add(notice.id())) {
            return;
        }
        String arguments = request.arguments().stream()
                .map(argument -> argument.name() + " " + argument.text())
                .collect(Collectors.joining(", "));
        String what = request.subject() + " " + request.action() + " " + request.resource() + " " + arguments;
        String text = notice.kind() == ApprovalNotice.Kind.ASKED
                ? what + " because " + request.reason() + " by " + request.rules() + ": " + request.because()
                        + ", gives " + request.requirement() + " until " + request.decideBy()
                : what + " is " + request.state().word() + " " + request.votes();
        server.post(url + " " + visible(text));
    }

    private static String visible(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    }
}
