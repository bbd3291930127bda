package io.jitapproval.examples.refunddesk;

import io.jitapproval.JitConfigurationException;
import io.jitapproval.JitGuard;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.core.AuditSinks;
import io.jitapproval.core.Jit;
import io.jitapproval.core.People;
import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.Person;
import io.jitapproval.spi.PolicySource;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that goes in, read and checked before anything runs.
 *
 * @param policy   the policy
 * @param people   who is who
 * @param script   the script, where there is one
 * @param requests the requests
 * @param names    what the policy, the people and the requests are called
 */
record Inputs(
        PolicySource policy,
        Map<Person, Set<Ref>> people,
        Optional<Script> script,
        List<Asked> requests,
        List<String> names) {

    @FunctionalInterface
    private interface Reading<T> {
        T read(Source source, Faults faults);
    }

    @FunctionalInterface
    private interface Opening {
        Source open() throws UnusableInputException;
    }

    static Inputs read(Options options, InputStream in) throws UnusableInputException {
        List<Fault> faults = new ArrayList<>();
        PolicySource policy = policy(options, faults);
        Optional<Map<Person, Set<Ref>>> people =
                read(() -> source(options.people(), "people.json"), PeopleReader::read, faults);
        boolean shipped = options.approver().equals(Options.SHIPPED_SCRIPT);
        boolean scripted = options.approver().startsWith(Options.SCRIPT);
        Optional<Script> script = shipped
                ? read(() -> Source.shipped("script.json"), ScriptReader::read, faults)
                : scripted
                        ? read(() -> Source.file(scriptFile(options)), ScriptReader::read, faults)
                        : Optional.empty();
        boolean stdin = options.requests().filter(Options.STDIN::equals).isPresent();
        Optional<List<Asked>> requests = read(
                () -> stdin ? Source.stream("<stdin>", in) : source(options.requests(), "requests.jsonl"),
                RequestsReader::read,
                faults);
        if (script.isPresent() && people.isPresent() && requests.isPresent() && faults.isEmpty()) {
            String origin = shipped ? "script" : scriptFile(options);
            standIns(script.get(), everybody(people.get(), requests.get()), new Faults(origin), faults);
        }
        if (!faults.isEmpty() || people.isEmpty() || requests.isEmpty()) {
            throw new UnusableInputException(faults);
        }
        return new Inputs(
                policy,
                people.get(),
                script,
                requests.get(),
                List.of(
                        options.policy().orElse("sample"),
                        options.people().orElse("sample"),
                        options.requests().orElse("sample")));
    }

    /**
     * Who is who, with the users among the requesters whom the people file does not know: people without roles and groups, who
     * ask and decide nothing. The guard does not ask anybody for a user whom its directory cannot name.
     */
    Map<Person, Set<Ref>> everybody() {
        return everybody(people, requests);
    }

    private static Map<Person, Set<Ref>> everybody(Map<Person, Set<Ref>> people, List<Asked> requests) {
        Map<Person, Set<Ref>> everybody = new LinkedHashMap<>(people);
        Set<Ref> known = new HashSet<>();
        people.values().forEach(known::addAll);
        Set<String> ids = new HashSet<>();
        people.keySet().forEach(person -> ids.add(person.id()));
        for (Asked asked : requests) {
            Ref requester = asked.request().subject().ref();
            boolean user = requester.type().equals(Ref.user("any").type());
            if (user && known.add(requester) && ids.add(requester.id())) {
                everybody.put(new Person(requester.id(), requester.id(), Set.of(), Set.of()), Set.of(requester));
            }
        }
        return everybody;
    }

    /** Stand-ins, tried in a guard that runs nothing: why they cannot be is told in the library's own words. */
    private static void standIns(Script script, Map<Person, Set<Ref>> people, Faults found, List<Fault> faults) {
        if (script.standIns().isEmpty()) {
            return;
        }
        try (JitGuard trial = Jit.guard()
                .policy(PolicySources.text("trial.json", "{\"default\": \"deny\", \"rules\": []}"))
                .people(People.of(people))
                .time(ScriptedApprovers.clock(script))
                .audit(AuditSinks.memory(1))
                .build()) {
            for (Script.Away away : script.standIns()) {
                Reason reason = ScriptedApprovers.name(trial, away);
                if (reason != Reason.STAND_IN_NAMED) {
                    found.add(
                            away.place(),
                            Fault.BAD_VALUE,
                            Faults.quote(Findings.name(away.standIn())) + " cannot stand in for "
                                    + Faults.quote(Findings.name(away.person())) + ": " + reason.text());
                }
            }
        }
        faults.addAll(found.all());
    }

    private static String scriptFile(Options options) {
        return options.approver().substring(Options.SCRIPT.length());
    }

    private static Source source(Optional<String> file, String shipped) throws UnusableInputException {
        return file.isPresent() ? Source.file(file.get()) : Source.shipped(shipped);
    }

    private static <T> Optional<T> read(Opening opening, Reading<T> reading, List<Fault> faults) {
        try {
            Source source = opening.open();
            Faults found = new Faults(source.origin());
            T value = reading.read(source, found);
            faults.addAll(found.all());
            return Optional.of(value);
        } catch (UnusableInputException e) {
            faults.addAll(e.faults());
            return Optional.empty();
        }
    }

    /** The policy, tried in a guard that runs nothing: its faults are told in the library's own words. */
    private static PolicySource policy(Options options, List<Fault> faults) {
        PolicySource policy = PolicySources.classpath(Inputs.class.getClassLoader(), Source.SHIPPED + "policy.json");
        try {
            if (options.policy().isPresent()) {
                policy = PolicySources.file(Path.of(options.policy().get()));
            }
            Jit.guard().policy(policy).audit(AuditSinks.memory(1)).build().close();
        } catch (InvalidPathException e) {
            faults.add(new Fault("--policy", Fault.USAGE, "is no path: " + Visible.of(String.valueOf(e.getMessage()))));
        } catch (JitConfigurationException e) {
            e.problems().forEach(problem -> faults.add(new Fault(problem.where(), problem.code(), problem.what())));
        }
        return policy;
    }
}
