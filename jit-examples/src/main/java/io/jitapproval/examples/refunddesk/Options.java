package io.jitapproval.examples.refunddesk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param policy   the policy's file; the shipped one if empty
 * @param people   the people's file; the shipped one if empty
 * @param requests the requests' file, or {@code -}; the shipped ones if empty
 * @param approver who answers
 * @param audit    where the record goes
 * @param ledger   where the ledger is
 * @param json     whether to print JSON
 * @param help     whether to explain the program and do nothing else
 */
record Options(
        Optional<String> policy,
        Optional<String> people,
        Optional<String> requests,
        String approver,
        Optional<String> audit,
        Optional<String> ledger,
        boolean json,
        boolean help) {

    static final String SHIPPED_SCRIPT = "script";
    static final String SCRIPT = "script:";
    static final String TERMINAL = "terminal";
    static final String APPROVE = "fake:approve";
    static final String DENY = "fake:deny";
    static final String SILENT = "fake:silent";
    static final String STDIN = "-";

    static final String USAGE = """
            usage: refund-desk [options]

              --policy FILE     the policy, in JSON
              --people FILE     who is who, in JSON
              --requests FILE   what is asked for, one AuthZEN evaluation request in JSON a line; - is standard input
              --approver HOW    terminal       ask whoever sits here
                                fake:approve   everybody who is asked approves at once
                                fake:deny      the first who is asked denies at once
                                fake:silent    nobody answers: what needs approval stays pending
                                script:FILE    answers from a file, on a simulated clock
              --audit FILE      where the record goes; by default refund-desk-audit.jsonl in target/,
                                or in a new temporary directory where there is no target/
              --ledger FILE     what the actions change; by default refund-desk-ledger.jsonl beside the record
              --format FORMAT   text (the default), or json: one object a line for each request
              --help            this text

            What is not named is shipped sample data. Without --approver, the sample is answered by its own script,
            and your own data by nobody (fake:silent).

            exit codes: 0 all requests were processed, whatever was decided; 2 the input is unusable and nothing was run
            """;

    private static final List<String> NAMES =
            List.of("--policy", "--people", "--requests", "--approver", "--audit", "--ledger", "--format");
    private static final List<String> APPROVERS = List.of(TERMINAL, APPROVE, DENY, SILENT);

    static Options parse(List<String> args) throws UnusableInputException {
        Map<String, String> given = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--help") || arg.equals("-h")) {
                return new Options(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        SILENT,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true);
            }
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 0 ? arg.substring(0, equals) : arg;
            boolean hasValue = !name.equals(arg)
                    || (i + 1 < args.size() && !args.get(i + 1).startsWith("--"));
            if (!NAMES.contains(name)) {
                faults.add(new Fault(
                        Visible.of(name), Fault.USAGE, "unknown option: use " + Faults.list(NAMES) + " or --help"));
                i += name.startsWith("--") && name.equals(arg) && hasValue ? 1 : 0;
            } else if (!hasValue) {
                faults.add(new Fault(name, Fault.USAGE, "needs a value; --help tells which"));
            } else {
                String value = name.equals(arg) ? args.get(++i) : arg.substring(equals + 1);
                if (value.isBlank()) {
                    faults.add(new Fault(name, Fault.USAGE, "needs a value; --help tells which"));
                } else if (given.putIfAbsent(name, value) != null) {
                    faults.add(new Fault(name, Fault.USAGE, "is there twice"));
                }
            }
        }
        check(given, faults);
        if (!faults.isEmpty()) {
            throw new UnusableInputException(faults);
        }
        boolean sample =
                !given.containsKey("--policy") && !given.containsKey("--people") && !given.containsKey("--requests");
        return new Options(
                Optional.ofNullable(given.get("--policy")),
                Optional.ofNullable(given.get("--people")),
                Optional.ofNullable(given.get("--requests")),
                Optional.ofNullable(given.get("--approver")).orElse(sample ? SHIPPED_SCRIPT : SILENT),
                Optional.ofNullable(given.get("--audit")),
                Optional.ofNullable(given.get("--ledger")),
                "json".equals(given.get("--format")),
                false);
    }

    private static void check(Map<String, String> given, List<Fault> faults) {
        String format = given.getOrDefault("--format", "text");
        if (!format.equals("text") && !format.equals("json")) {
            faults.add(new Fault("--format", Fault.USAGE, "is " + Faults.quote(format) + ", but must be text or json"));
        }
        String approver = given.getOrDefault("--approver", SILENT);
        boolean script = approver.startsWith(SCRIPT) && approver.length() > SCRIPT.length();
        if (!script && !APPROVERS.contains(approver)) {
            faults.add(new Fault(
                    "--approver",
                    Fault.USAGE,
                    "is " + Faults.quote(approver) + ", but must be " + Faults.list(APPROVERS) + " or script:FILE"));
        }
        if (approver.equals(TERMINAL) && STDIN.equals(given.get("--requests"))) {
            faults.add(
                    new Fault(
                            "--requests",
                            Fault.USAGE,
                            "is the standard input, from which --approver terminal reads its answers: put the requests into a file"));
        }
    }
}
