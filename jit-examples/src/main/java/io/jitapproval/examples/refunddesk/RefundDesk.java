package io.jitapproval.examples.refunddesk;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.GuardBuilder;
import io.jitapproval.core.Jit;
import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.People;
import io.jitapproval.spi.ApprovalChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The main program: takes requests through a guard and tells what became of them. */
public final class RefundDesk {

    static final int PROCESSED = 0;
    static final int UNUSABLE = 2;

    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    RefundDesk(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the desk and ends the process with its exit code.
     *
     * @param args the options; {@code --help} tells which
     */
    public static void main(String[] args) {
        Charset console = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        boolean json = List.of(args).contains("json") || List.of(args).contains("--format=json");
        PrintStream out = new PrintStream(System.out, true, json ? StandardCharsets.UTF_8 : console);
        int code = new RefundDesk(System.in, out, new PrintStream(System.err, true, console)).run(args);
        if (code != PROCESSED) {
            System.exit(code);
        }
    }

    /** Runs the desk; gives the exit code. */
    int run(String... args) {
        try {
            Options options = Options.parse(List.of(args));
            if (options.help()) {
                out.print(Options.USAGE);
                out.flush();
                return PROCESSED;
            }
            Inputs inputs = Inputs.read(options, in);
            work(options, inputs, Output.of(options));
            return PROCESSED;
        } catch (UnusableInputException e) {
            e.faults().forEach(err::println);
            err.println("Nothing was run.");
            return UNUSABLE;
        }
    }

    private void work(Options options, Inputs inputs, Output output) throws UnusableInputException {
        Answering answering = answering(options, inputs);
        SignedIn signedIn = new SignedIn();
        Report report = options.json() ? new JsonReport(out, err) : new TextReport(out, answering.time());
        try (Ledger ledger = Ledger.open(output.ledger(), answering.time(), signedIn::who)) {
            Recorder recorder = recorder(output);
            Till till = new Till(ledger, signedIn);
            try (MethodGuard guard = guard(inputs, answering, signedIn, recorder, till)) {
                answering.opened(guard, recorder);
                Clerk clerk = new Clerk(guard, till, signedIn, answering, recorder);
                Map<Integer, Result> results = new TreeMap<>();
                report.begin(inputs, answering.title());
                for (List<Asked> together : together(inputs.requests())) {
                    clerk.handle(together).forEach(result -> {
                        results.put(result.asked().line(), result);
                        report.result(result);
                    });
                    clerk.aftermath().news().forEach(result -> {
                        results.put(result.asked().line(), result);
                        report.later(result);
                    });
                }
                settle(guard, recorder);
                report.end(List.copyOf(results.values()), clerk.aftermath().debts(), output, recorder.written());
            }
        }
    }

    /** Requests that are made together: those of one bundle, and else each alone. */
    private static List<List<Asked>> together(List<Asked> requests) {
        List<List<Asked>> all = new ArrayList<>();
        Optional<String> open = Optional.empty();
        for (Asked asked : requests) {
            Optional<String> bundle = asked.how().bundle();
            if (bundle.isEmpty() || !bundle.equals(open)) {
                all.add(new ArrayList<>());
            }
            open = bundle;
            all.get(all.size() - 1).add(asked);
        }
        return all;
    }

    private Answering answering(Options options, Inputs inputs) {
        if (inputs.script().isPresent()) {
            return new ScriptedApprovers(
                    "a script, on a simulated clock", inputs.script().get());
        }
        if (!options.approver().equals(Options.TERMINAL)) {
            return new FakeApprovers(options.approver());
        }
        Charset console = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return new TerminalApprover(
                new InputStreamReader(in, console), new OutputStreamWriter(options.json() ? err : out, console));
    }

    private static Recorder recorder(Output output) throws UnusableInputException {
        try {
            return new Recorder(AuditSinks.jsonLines(output.audit()));
        } catch (UncheckedIOException e) {
            throw Output.unusable(output.audit(), "record", e.getCause());
        }
    }

    private static MethodGuard guard(
            Inputs inputs, Answering answering, SignedIn signedIn, Recorder recorder, Till till)
            throws UnusableInputException {
        GuardBuilder builder = Jit.guard()
                .policy(inputs.policy())
                .people(People.of(inputs.everybody()))
                .subject(signedIn)
                .time(answering.time())
                .audit(recorder);
        for (ApprovalChannel channel : answering.channels()) {
            builder.channel(channel);
        }
        inputs.requests().stream()
                .filter(asked -> asked.how().kept())
                .map(asked -> asked.request().action().name())
                .distinct()
                .forEach(action -> builder.replay(action, till::run));
        try {
            return builder.build();
        } catch (JitConfigurationException e) {
            close(recorder);
            throw new UnusableInputException(e.problems().stream()
                    .map(problem -> new Fault(problem.where(), problem.code(), problem.what()))
                    .toList());
        }
    }

    private static void close(Recorder recorder) {
        try {
            recorder.close();
        } catch (Exception e) {
            throw new UncheckedIOException("the record cannot be closed", new IOException(e));
        }
    }

    private static void settle(MethodGuard guard, Recorder recorder) {
        Set<String> pending = guard.approvals().pending().stream()
                .map(request -> request.id())
                .collect(Collectors.toSet());
        try {
            recorder.settle(pending, SETTLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
