package io.jitapproval.examples.refunddesk;

import io.jitapproval.Action;
import io.jitapproval.BreakGlass;
import io.jitapproval.Bundle;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines of AuthZEN evaluation requests: all of them, or every fault. */
final class RequestsReader {

    private static final List<String> REQUEST = List.of("subject", "action", "resource", "context", "how");
    private static final List<String> ENTITY = List.of("type", "id", "properties");
    private static final List<String> ACTION = List.of("name", "properties");
    private static final List<String> HOW = List.of("at", "replay", "bundle", "breakGlass");

    private final Faults faults;

    private RequestsReader(Faults faults) {
        this.faults = faults;
    }

    static List<Asked> read(Source source, Faults faults) {
        RequestsReader reader = new RequestsReader(faults);
        List<Asked> all = new ArrayList<>();
        List<String> lines = source.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank()) {
                int number = i + 1;
                Json.read(line, number, faults)
                        .flatMap(node -> reader.request(node, number))
                        .ifPresent(all::add);
            }
        }
        reader.bundles(all);
        if (all.isEmpty() && faults.count() == 0) {
            faults.add(Fault.EMPTY, "holds no request: write one JSON object a line");
        }
        return all;
    }

    private void bundles(List<Asked> all) {
        int items = 0;
        Optional<String> open = Optional.empty();
        for (Asked asked : all) {
            Optional<String> bundle = asked.how().bundle();
            items = bundle.isPresent() && bundle.equals(open) ? items + 1 : 1;
            open = bundle;
            if (bundle.isPresent() && items == Bundle.MOST_ITEMS + 1) {
                faults.add(
                        new Json.Place(asked.line(), 1),
                        Fault.BAD_VALUE,
                        "a bundle has at most " + Bundle.MOST_ITEMS + " items");
            }
        }
    }

    private Optional<Asked> request(Json node, int line) {
        int before = faults.count();
        Optional<Fields> fields = Fields.of(node, "a request", REQUEST, faults);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Fields request = fields.get();
        Optional<Subject> subject = entity(request, "subject", "{\"type\": \"user\", \"id\": \"ana\"}", Subject::new);
        Optional<Action> action = action(request);
        Optional<Resource> resource =
                entity(request, "resource", "{\"type\": \"order\", \"id\": \"42\"}", Resource::new);
        Map<String, @Nullable Object> context = request.properties("context");
        How how = request.get("how")
                .flatMap(given -> Fields.of(given, "'how'", HOW, faults))
                .map(this::how)
                .orElse(How.PLAIN);
        if (faults.count() > before || subject.isEmpty() || action.isEmpty() || resource.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Asked(
                line,
                new EvaluationRequest(subject.get(), List.of(), action.get(), resource.get(), context),
                context.get("reason") instanceof String why ? why : "",
                how));
    }

    private How how(Fields fields) {
        Optional<String> bundle = fields.text("bundle");
        Optional<String> emergency = fields.text("breakGlass");
        boolean kept = fields.truth("replay");
        emergency
                .filter(text -> text.strip().length() < BreakGlass.SHORTEST_REASON)
                .ifPresent(text -> faults.add(
                        fields.place("breakGlass"),
                        Fault.BAD_VALUE,
                        "'breakGlass' says what the emergency is, in at least " + BreakGlass.SHORTEST_REASON
                                + " characters"));
        if ((bundle.isPresent() ? 1 : 0) + (emergency.isPresent() ? 1 : 0) + (kept ? 1 : 0) > 1) {
            faults.add(
                    fields.place(),
                    Fault.BAD_VALUE,
                    "only one of 'replay', 'bundle' and 'breakGlass' goes with a request");
        }
        return new How(fields.instant("at"), kept, bundle, emergency);
    }

    @FunctionalInterface
    private interface Entity<T> {
        T of(String type, String id, Map<String, @Nullable Object> properties);
    }

    private <T> Optional<T> entity(Fields request, String name, String example, Entity<T> entity) {
        return request.required(name, example)
                .flatMap(node -> Fields.of(node, "'" + name + "'", ENTITY, faults))
                .flatMap(fields -> {
                    Optional<String> type = fields.requiredText("type", "\"type\": \"…\"");
                    Optional<String> id = fields.requiredText("id", "\"id\": \"…\"");
                    int before = faults.count();
                    Map<String, @Nullable Object> properties = fields.properties("properties");
                    return type.isEmpty() || id.isEmpty() || faults.count() > before
                            ? Optional.empty()
                            : Optional.of(entity.of(type.get(), id.get(), properties));
                });
    }

    private Optional<Action> action(Fields request) {
        return request.required("action", "{\"name\": \"payment.refund\"}")
                .flatMap(node -> Fields.of(node, "'action'", ACTION, faults))
                .flatMap(fields -> {
                    Optional<String> name = fields.requiredText("name", "\"name\": \"payment.refund\"");
                    int before = faults.count();
                    Map<String, @Nullable Object> properties = fields.properties("properties");
                    return name.isEmpty() || faults.count() > before
                            ? Optional.empty()
                            : Optional.of(new Action(name.get(), properties));
                });
    }
}
