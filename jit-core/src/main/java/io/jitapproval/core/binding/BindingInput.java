package io.jitapproval.core.binding;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Binding} ties together. Keeps the maps and lists as they are given, for one use right away.
 *
 * @param tenant the tenant, empty where there is only one
 * @param subject who acts
 * @param actors who acts for the subject, outermost last; their order counts
 * @param action name of the action
 * @param resource on what
 * @param resourceProperties the properties of the resource that are bound
 * @param args the bound arguments by name
 */
public record BindingInput(
        String tenant,
        Party subject,
        List<Party> actors,
        String action,
        Party resource,
        Map<String, ? extends @Nullable Object> resourceProperties,
        Map<String, ? extends @Nullable Object> args) {

    private static final byte[] ACTION = JsonSink.ascii("{\"action\":");
    private static final byte[] ACTORS = JsonSink.ascii(",\"actors\":[");
    private static final byte[] ARGS = JsonSink.ascii("],\"args\":");
    private static final byte[] RESOURCE = JsonSink.ascii(",\"resource\":");
    private static final byte[] SUBJECT = JsonSink.ascii(",\"subject\":");
    private static final byte[] TENANT = JsonSink.ascii(",\"tenant\":");
    private static final byte[] ID = JsonSink.ascii("{\"id\":");
    private static final byte[] PROPERTIES = JsonSink.ascii(",\"properties\":");
    private static final byte[] TYPE = JsonSink.ascii(",\"type\":");

    public BindingInput {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(actors, "actors");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(resourceProperties, "resourceProperties");
        Objects.requireNonNull(args, "args");
    }

    /** A subject, an actor or a resource: a type, and an id that is unique within the type. */
    public record Party(String type, String id) {

        public Party {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * The canonical JSON that the binding is the digest of, without its prefix.
     *
     * @throws UnsupportedArgumentException when a value cannot be frozen
     */
    public byte[] canonical(ArgumentFreezer freezer) {
        Scratch scratch = Scratch.take();
        try {
            write(scratch.sink(), freezer);
            scratch.sink().requireWithinLimit();
            return scratch.sink().toByteArray();
        } finally {
            scratch.giveBack();
        }
    }

    /** Members stand in canonical order. */
    void write(JsonSink out, ArgumentFreezer freezer) {
        out.raw(ACTION);
        text(out, "action", action);
        out.raw(ACTORS);
        for (int i = 0; i < actors.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            party(out, "actors", actors.get(i));
            out.raw('}');
        }
        out.raw(ARGS);
        freezer.writeNamed(out, args);
        out.raw(RESOURCE);
        resource(out, freezer);
        out.raw(SUBJECT);
        party(out, "subject", subject);
        out.raw('}');
        out.raw(TENANT);
        text(out, "tenant", tenant);
        out.raw('}');
    }

    private void resource(JsonSink out, ArgumentFreezer freezer) {
        out.raw(ID);
        text(out, "resource", resource.id());
        out.raw(PROPERTIES);
        try {
            freezer.writeNamed(out, resourceProperties);
        } catch (UnsupportedArgumentException e) {
            throw e.within("resource");
        }
        out.raw(TYPE);
        text(out, "resource", resource.type());
        out.raw('}');
    }

    private static void party(JsonSink out, String name, Party party) {
        out.raw(ID);
        text(out, name, party.id());
        out.raw(TYPE);
        text(out, name, party.type());
    }

    private static void text(JsonSink out, String name, String text) {
        try {
            out.string(text);
        } catch (UnsupportedArgumentException e) {
            throw e.within(name);
        }
    }

    /** Without any value: arguments may be secret. */
    @Override
    public String toString() {
        return "BindingInput[action=" + action + ", args=" + args.keySet() + "]";
    }
}
