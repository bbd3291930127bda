package io.jitapproval.examples.refunddesk;

import io.jitapproval.Action;
import io.jitapproval.EvaluationRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which requests are calls of {@link RefundService}, and of which method. */
final class Operations {

    private static final Set<String> UNBOUND = Set.of("payment.refund/note", "payment.credit/note");
    private static final Set<String> LOWERABLE = Set.of("payment.refund/amount", "payment.credit/amount");
    private static final Set<String> SENSITIVE = Set.of("payment.payout/iban");

    private static final List<Operation> ALL = List.of(
            new Operation(
                    "payment.refund",
                    "order",
                    "orderId",
                    Map.of("amount", BigDecimal.class),
                    (service, id, args) -> service.refund(id, args.number("amount"))),
            new Operation(
                    "payment.refund",
                    "order",
                    "orderId",
                    Map.of("amount", BigDecimal.class, "note", String.class),
                    (service, id, args) -> service.refund(id, args.number("amount"), args.text("note"))),
            new Operation(
                    "payment.credit",
                    "customer",
                    "customerId",
                    Map.of("amount", BigDecimal.class, "note", String.class),
                    (service, id, args) -> service.credit(id, args.number("amount"), args.text("note"))),
            new Operation(
                    "payment.payout",
                    "customer",
                    "customerId",
                    Map.of("amount", BigDecimal.class, "iban", String.class),
                    (service, id, args) -> service.payOut(id, args.number("amount"), args.text("iban"))),
            new Operation(
                    "customer.export",
                    "customer",
                    "customerId",
                    Map.of("purpose", String.class),
                    (service, id, args) -> service.export(id, args.text("purpose"))),
            new Operation(
                    "customer.delete", "customer", "customerId", Map.of(), (service, id, args) -> service.delete(id)));

    private Operations() {}

    /** The method that does exactly what a request asks for, if there is one. */
    static Optional<Operation> find(EvaluationRequest request) {
        return ALL.stream().filter(operation -> operation.fits(request)).findFirst();
    }

    /** Whether an argument is shown but may change after the approval. */
    static boolean isUnbound(String action, String argument) {
        return UNBOUND.contains(action + "/" + argument);
    }

    /** Whether people may approve less of it than is asked: the action reads back how much. */
    static boolean isLowerable(String action, String argument) {
        return LOWERABLE.contains(action + "/" + argument);
    }

    /** Whether nobody may see an argument. */
    static boolean isSensitive(String action, String argument) {
        return SENSITIVE.contains(action + "/" + argument);
    }

    /** The arguments of a request, by name. */
    record Arguments(Map<String, @Nullable Object> values) {

        BigDecimal number(String name) {
            return values.get(name) instanceof BigDecimal number ? number : BigDecimal.ZERO;
        }

        String text(String name) {
            return values.get(name) instanceof String text ? text : "";
        }
    }

    /** Calls the method. */
    @FunctionalInterface
    interface Call {
        LedgerEntry on(RefundService service, String id, Arguments arguments);
    }

    /**
     * A method of the service.
     *
     * @param action       the action that its annotation names
     * @param resourceType the type of the resource that its annotation names
     * @param id           the parameter that names the resource
     * @param parameters   the other parameters
     * @param call         calls it
     */
    record Operation(String action, String resourceType, String id, Map<String, Class<?>> parameters, Call call) {

        /** Whether a request hands over what the method takes: nothing less, nothing more, nothing else. */
        boolean fits(EvaluationRequest request) {
            Map<String, @Nullable Object> given =
                    new LinkedHashMap<>(request.action().properties());
            Object named = given.containsKey(id)
                    ? given.remove(id)
                    : request.resource().id();
            return action.equals(request.action().name())
                    && resourceType.equals(request.resource().type())
                    && request.resource().id().equals(named)
                    && given.keySet().equals(parameters.keySet())
                    && parameters.entrySet().stream()
                            .allMatch(each -> each.getValue().isInstance(given.get(each.getKey())));
        }

        /** The request as the annotated method makes it: the parameter that names the resource is an argument like any. */
        EvaluationRequest asCalled(EvaluationRequest request) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put(id, request.resource().id());
            all.putAll(request.action().properties());
            return new EvaluationRequest(
                    request.subject(),
                    request.actors(),
                    new Action(action, all),
                    request.resource(),
                    request.context());
        }

        LedgerEntry on(RefundService service, EvaluationRequest request) {
            return call.on(
                    service,
                    request.resource().id(),
                    new Arguments(request.action().properties()));
        }
    }
}
