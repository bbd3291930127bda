package io.jitapproval.core.guard;

import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.binding.KeptValues;
import io.jitapproval.core.guard.Freezing.Given;
import io.jitapproval.spi.ReplayedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A frozen call as text, so that another process can make it. */
final class KeptCall {

    private static final String FORM = "jit/kept/1";

    private KeptCall() {}

    /**
     * The call as text.
     *
     * @throws io.jitapproval.core.binding.UnsupportedArgumentException if something of it cannot be kept
     */
    static String text(Call call) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("form", FORM);
        tree.put("subject", party(call, call.request.subject()));
        tree.put(
                "actors",
                call.request.actors().stream().map(actor -> party(call, actor)).toList());
        tree.put("action", call.action());
        Resource resource = call.request.resource();
        tree.put("resource", List.of(resource.type(), resource.id(), call.plain(resource.properties())));
        tree.put("context", call.plain(call.request.context()));
        List<Object> arguments = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            List<@Nullable Object> one = new ArrayList<>();
            one.add(argument.name());
            one.add(argument.plain());
            one.add(argument.bound());
            one.add(argument.lowerable());
            arguments.add(one);
        }
        tree.put("arguments", arguments);
        tree.put("reason", call.grounds.reason());
        tree.put("ticket", call.grounds.ticket());
        return KeptValues.write(tree);
    }

    private static List<Object> party(Call call, Subject subject) {
        return List.of(subject.type(), subject.id(), call.plain(subject.properties()));
    }

    /**
     * The call again. Its arguments are the plain ones, but it is recognised as the call that was kept.
     *
     * @param matchKey by which the kept call was recognised
     * @throws IllegalArgumentException if the text is none of {@link #text}
     */
    static Call restored(String text, String matchKey, Freezing freezing) {
        Map<String, @Nullable Object> tree = map(KeptValues.read(text));
        if (!FORM.equals(tree.get("form"))) {
            throw new IllegalArgumentException("the kept call is of an unknown form");
        }
        List<Subject> actors = new ArrayList<>();
        list(tree.get("actors")).forEach(actor -> actors.add(subject(actor)));
        List<Given> given = new ArrayList<>();
        for (Object argument : list(tree.get("arguments"))) {
            List<@Nullable Object> one = list(argument);
            boolean bound = Boolean.TRUE.equals(one.get(2));
            boolean lowerable = Boolean.TRUE.equals(one.get(3));
            given.add(new Given(text(one.get(0)), one.get(1), Object.class, bound, false, lowerable));
        }
        List<@Nullable Object> resource = list(tree.get("resource"));
        Call call = freezing.freeze(
                subject(tree.get("subject")),
                actors,
                text(tree.get("action")),
                new Resource(text(resource.get(0)), text(resource.get(1)), map(resource.get(2))),
                map(tree.get("context")),
                given,
                true,
                new Grounds(text(tree.get("reason")), text(tree.get("ticket"))),
                null,
                null);
        call.recognisedBy(matchKey);
        return call;
    }

    static ReplayedCall forExecutor(String id, Call call) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        call.arguments()
                .forEach(argument -> arguments.put(
                        argument.name(), argument.lowerable() ? call.allowance().of(argument) : argument.plain()));
        return new ReplayedCall(
                id, call.request.subject(), call.request.actors(), call.action(), call.request.resource(), arguments);
    }

    private static Subject subject(@Nullable Object kept) {
        List<@Nullable Object> party = list(kept);
        return new Subject(text(party.get(0)), text(party.get(1)), map(party.get(2)));
    }

    private static String text(@Nullable Object kept) {
        if (kept instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the kept call lacks a text");
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object kept) {
        if (kept instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new IllegalArgumentException("the kept call lacks a list");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object kept) {
        if (kept instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("the kept call lacks a map");
    }
}
