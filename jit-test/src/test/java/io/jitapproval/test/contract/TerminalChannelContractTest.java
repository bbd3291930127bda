package io.jitapproval.test.contract;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Verdict;
import io.jitapproval.core.Channels;
import io.jitapproval.spi.ApprovalChannel;
import io.jitapproval.test.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** One question after the other: somebody has to say "later" to see the next. */
class TerminalChannelContractTest extends ApprovalChannelContract {

    private final Keyboard keyboard = new Keyboard();
    private final StringWriter screen = new StringWriter();

    private boolean putsOff;

    @BeforeEach
    void putOffWhatComes(TestInfo test) {
        putsOff = test.getTestMethod().orElseThrow().getName().equals("manyAtOnce");
    }

    @Override
    protected ApprovalChannel channel() {
        return Channels.terminal(new BufferedReader(keyboard), new PrintWriter(screen, true), new TestClock());
    }

    @Override
    protected List<String> delivered() {
        if (putsOff) {
            keyboard.type("l\n");
        }
        return List.of(screen.toString());
    }

    @Override
    protected boolean answer(ApprovalRequest request, String voter, Verdict verdict) {
        keyboard.type(verdict == Verdict.APPROVE ? "a\n" + voter + "\n" : "d\n" + voter + "\nno\n");
        return true;
    }

    /** A reader that waits for what is typed. */
    private static final class Keyboard extends Reader {

        private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
        private Reader current = new StringReader("");

        void type(String text) {
            typed.add(text);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = current.read(buffer, offset, length);
            while (read < 0) {
                try {
                    current = new StringReader(typed.take());
                } catch (InterruptedException e) {
                    return -1;
                }
                read = current.read(buffer, offset, length);
            }
            return read;
        }

        @Override
        public void close() {}
    }
}
