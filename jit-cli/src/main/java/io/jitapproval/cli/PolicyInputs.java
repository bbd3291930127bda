package io.jitapproval.cli;

import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.TimeSources;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.people.Crowd;
import io.jitapproval.core.people.Electors;
import io.jitapproval.core.people.PeopleReader;
import io.jitapproval.core.policy.AttributeLookup;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that asks a policy something. */
final class PolicyInputs {

    private static final PeopleReader.Codes CODES =
            new PeopleReader.Codes(UsageCode.ATTRIBUTES.code(), UsageCode.ATTRIBUTES.code());

    @Option(
            names = "--policy",
            required = true,
            arity = "1",
            paramLabel = "PATH",
            description = "A policy document or a directory of them. Given several times, all count together.")
    private List<String> policy = new ArrayList<>();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description =
                    "The moment of the evaluation, such as 2026-01-31T12:00:00Z. Left out: what the request says in"
                            + " context.time, else now.")
    private @Nullable String time;

    @Option(
            names = "--attributes",
            paramLabel = "FILE",
            description = "What is known of subjects and resources beyond what requests say.")
    private @Nullable String attributes;

    @Option(names = "--people", paramLabel = "FILE", description = "People with their roles and groups.")
    private @Nullable String people;

    private @Nullable Crowd crowd;
    private @Nullable Instant fixed;
    private List<AttributeResolver> resolvers = List.of();

    /** Reads every file that was named; tells what cannot be used. */
    Policy load(Console console) {
        fixed = time == null ? null : fixed(time);
        Policy loaded = PolicyPaths.policy(policy, console);
        List<AttributeResolver> all = new ArrayList<>();
        if (attributes != null) {
            all.add(AttributesFile.read(Texts.read(attributes, console)));
        }
        if (people != null) {
            crowd = crowd(people, console);
            all.add(crowd);
        }
        resolvers = List.copyOf(all);
        return loaded;
    }

    /** What answers for attributes that a request lacks; for one evaluation. */
    AttributeLookup lookup() {
        return resolvers.isEmpty() ? AttributeLookup.NONE : new AttributeLookup(resolvers);
    }

    /** The people of a file. */
    static Crowd crowd(String file, Console console) {
        PolicyText document = Texts.read(file, console);
        Problems problems = new Problems(document);
        Crowd crowd = PeopleReader.file(document, problems, CODES);
        problems.throwIfAny();
        return crowd;
    }

    /** Who would be asked; null if no file names people, or nobody is asked. */
    @Nullable
    Electors electors(Decision decision, EvaluationRequest request, Instant time) {
        return crowd != null && decision instanceof Decision.ApprovalRequired asks
                ? Electors.of(asks.requirement(), request, time, lookup(), crowd)
                : null;
    }

    /** The moment of the evaluation of a request. */
    Instant time(Requests.Asked asked) {
        if (fixed != null) {
            return fixed;
        }
        return asked.time() != null ? asked.time() : TimeSources.system().instant();
    }

    /** The moment that the option {@code --time} names. */
    static Instant fixed(String time) {
        try {
            return Requests.time(time);
        } catch (DateTimeException e) {
            throw UsageCode.TIME.stop(
                    "--time", "'" + time + "' is no time with an offset: write one such as 2026-01-31T12:00:00Z");
        }
    }
}
