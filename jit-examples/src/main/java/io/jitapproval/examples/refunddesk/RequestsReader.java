package io.jitapproval.examples.refunddesk;

import io.jitapproval.Action;
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

    private static final List<String> REQUEST = List.of("subject", "action", "resource", "context");
    private static final List<String> ENTITY = List.of("type", "id", "properties");
    private static final List<String> ACTION = List.of("name", "properties");

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
        if (all.isEmpty() && faults.count() == 0) {
            faults.add(Fault.EMPTY, "holds no request: write one JSON object a line");
        }
        return all;
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
        if (faults.count() > before || subject.isEmpty() || action.isEmpty() || resource.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Asked(
                line,
                new EvaluationRequest(subject.get(), List.of(), action.get(), resource.get(), context),
                context.get("reason") instanceof String why ? why : ""));
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
