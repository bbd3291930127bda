package io.jitapproval.core.guard;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.InlineApproval;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.intercept.AnnotationScanner.Scan;
import io.jitapproval.core.intercept.GuardedMethod;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Requirements that stand on annotations, as policies of one rule each. Used under the lock of {@link PolicyInForce}. */
final class InlineRules {

    private static final String FAULTY = "JIT-A029";
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Inline> byAction = new TreeMap<>();

    /** A requirement, where it stands, and the rule that it makes. */
    record Inline(String action, String where, InlineApproval said, Policy rule) {}

    /** Takes those of a class; what is wrong with them is returned, and then none is taken. */
    List<ConfigurationProblem> declare(Scan scan) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        List<Inline> found = new ArrayList<>();
        scan.methods().values().stream()
                .distinct()
                .filter(method -> !method.approval().isEmpty())
                .sorted(Comparator.comparing(GuardedMethod::toString))
                .forEach(method -> read(method, found, problems));
        if (problems.isEmpty()) {
            found.forEach(inline -> byAction.putIfAbsent(inline.action(), inline));
        }
        return problems;
    }

    Collection<Inline> all() {
        return byAction.values();
    }

    private void read(GuardedMethod method, List<Inline> found, List<ConfigurationProblem> problems) {
        InlineApproval said = method.approval().get(0);
        Inline other = found.stream()
                .filter(inline -> inline.action().equals(method.action()))
                .findFirst()
                .orElse(byAction.get(method.action()));
        if (other != null && !other.said().equals(said)) {
            problems.add(new ConfigurationProblem(
                    FAULTY,
                    method.toString(),
                    "asks something else for " + method.action() + " than " + other.where()
                            + ": one action has one requirement. Make them equal, or write a rule"));
            return;
        }
        try {
            Policy rule = Policy.parse(new PolicyText(method.toString(), document(method.action(), said)));
            found.add(new Inline(method.action(), method.toString(), said, rule));
        } catch (JitConfigurationException faulty) {
            String what = faulty.problems().stream()
                    .map(problem -> problem.what().lines().findFirst().orElse("") + " (" + problem.code() + ")")
                    .collect(Collectors.joining("; "));
            problems.add(new ConfigurationProblem(FAULTY, method.toString(), "its inline requirement: " + what));
        }
    }

    /** A document as a person would write it: so that it is read, checked and hashed like every other. */
    private static String document(String action, InlineApproval said) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("default", "deny");
            json.writeArrayPropertyStart("rules");
            json.writeStartObject();
            json.writeStringProperty("id", "inline:" + action);
            json.writeArrayPropertyStart("actions");
            json.writeString(action);
            json.writeEndArray();
            json.writeStringProperty("effect", "require-approval");
            approval(json, said);
            grant(json, said);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void approval(JsonGenerator json, InlineApproval said) {
        json.writeObjectPropertyStart("approval");
        json.writeArrayPropertyStart("by");
        for (String by : said.by()) {
            int space = by.indexOf(' ');
            json.writeStartObject();
            json.writeStringProperty(space < 0 ? by : by.substring(0, space), space < 0 ? "" : by.substring(space + 1));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("people", said.people());
        json.writeStringProperty("decideWithin", said.decideWithin());
        json.writeStringProperty("reason", said.reasonRequired() ? "required" : "optional");
        json.writeEndObject();
    }

    private static void grant(JsonGenerator json, InlineApproval said) {
        json.writeObjectPropertyStart("grant");
        json.writeStringProperty("within", said.grantWithin());
        json.writeNumberProperty("uses", said.uses());
        json.writeStringProperty("scope", said.scope().word());
        json.writeEndObject();
    }
}
