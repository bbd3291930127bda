package io.jitapproval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("eval answers while it reads, within bounds")
class EvalStreamTest {

    private static final String[] EVAL = {"eval", "--policy", "src/test/resources/cli/inputs/policy.json"};
    private static final String REQUEST =
            "{\"subject\":{\"type\":\"user\",\"id\":\"ana\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"order\",\"id\":\"42\"}}";

    @Test
    @DisplayName("every answer is on its way before the next line is waited for")
    void streams() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> answered = new ArrayList<>();
        InputStream slow = new InputStream() {
            private int lines;

            @Override
            public int read() {
                throw new UnsupportedOperationException("the command reads blocks");
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                answered.add((int) out.toString(StandardCharsets.UTF_8).lines().count());
                if (lines++ == 3) {
                    return -1;
                }
                byte[] line = (REQUEST + "\n").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(line, 0, bytes, from, line.length);
                return line.length;
            }
        };
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 1 << 16), false);
        assertThat(JitMain.run(slow, buffered, new PrintStream(OutputStream.nullOutputStream()), EVAL))
                .isZero();
        assertThat(answered).containsExactly(0, 1, 2, 3);
    }

    @Test
    @DisplayName("a line of more than 1 MiB is refused in its place, and not kept")
    void longLine() {
        byte[] endless = "x".repeat(8 << 20).getBytes(StandardCharsets.UTF_8);
        String end = "\n" + REQUEST + "\n";
        Run run = run(new SequenceInputStream(
                new ByteArrayInputStream(endless), new ByteArrayInputStream(end.getBytes(StandardCharsets.UTF_8))));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).contains("JIT-Q004").startsWith("{\"decision\":false");
        assertThat(run.lines().get(1)).contains("no-rule-matched");
    }

    @Test
    @DisplayName("a batch of more than 1000 evaluations is refused as a whole")
    void longBatch() {
        String batch =
                REQUEST.substring(0, REQUEST.length() - 1) + ",\"evaluations\":[" + "{},".repeat(1000) + "{}]}\n";
        Run run = run(new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.lines()).singleElement().asString().contains("JIT-Q004", "1000");
    }

    @Test
    @DisplayName("when nobody reads the answers any more, it ends and says so")
    void closed() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = JitMain.run(
                new ByteArrayInputStream((REQUEST + "\n").getBytes(StandardCharsets.UTF_8)),
                new PrintStream(closed),
                new PrintStream(err),
                EVAL);
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("JIT-Q009");
    }

    private static Run run(InputStream in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = JitMain.run(in, new PrintStream(out), new PrintStream(err), EVAL);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
