package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Ref;
import io.jitapproval.ShownArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What approvers see of a request and so what they sign: its version counts the changes of it, its digest is over all of it. Who may
 * vote, and who has, is not part of it.
 */
public final class Content {

    private Content() {}

    /**
     * The request with the version and the digest of what it shows.
     *
     * @param request the request
     * @return a copy
     */
    public static ApprovalRequest sealed(ApprovalRequest request) {
        int version = 1 + (int) request.notes().stream().filter(Content::moves).count();
        return request.with(copy -> copy.version(version).digest(digest(request, version)));
    }

    /**
     * What has changed since a version.
     *
     * @param request the request as it is
     * @param version the version that somebody saw
     * @return a sentence for each change, in order; empty if there is none, or the version is none of this request's
     */
    public static List<String> movedSince(ApprovalRequest request, int version) {
        return request.notes().stream()
                .filter(Content::moves)
                .skip(Math.max(0, version - 1L))
                .map(note -> note.kind() == Note.Kind.CHANGE
                        ? "changed: " + note.text()
                        : "information from " + note.by() + ": " + note.text())
                .toList();
    }

    private static boolean moves(Note note) {
        return note.kind() == Note.Kind.CHANGE || note.kind() == Note.Kind.INFORMATION;
    }

    private static String digest(ApprovalRequest request, int version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("v", "jit/shown/1");
        tree.put("version", version);
        tree.put("binding", request.binding());
        tree.put("subject", request.subject().toString());
        tree.put("actors", request.actors().stream().map(Ref::toString).toList());
        tree.put("action", request.action());
        tree.put("resource", request.resource().toString());
        tree.put(
                "arguments", request.arguments().stream().map(Content::argument).toList());
        tree.put("reason", request.reason());
        tree.put("ticket", request.ticket());
        tree.put("preview", request.preview().stream().map(Content::line).toList());
        tree.put("because", request.because());
        tree.put("rules", request.rules());
        tree.put("extends", request.ancestry());
        tree.put("replay", request.replay());
        tree.put("startsAt", request.startsAt().map(Object::toString).orElse(""));
        tree.put("terms", terms(request.requirement().grant()));
        tree.put("useWithin", request.requirement().useWithin().toString());
        tree.put(
                "information",
                request.notes().stream().filter(Content::moves).map(Note::text).toList());
        return ContentDigest.of(tree);
    }

    private static Map<String, @Nullable Object> argument(ShownArgument argument) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", argument.name());
        tree.put("value", argument.value());
        tree.put("bound", argument.bound());
        tree.put("hidden", argument.hidden());
        tree.put("lowerable", argument.lowerable());
        return tree;
    }

    private static Map<String, Object> line(PreviewLine line) {
        return Map.of("name", line.name(), "value", line.value());
    }

    private static Map<String, Object> terms(GrantTerms terms) {
        Map<String, Object> ceilings = new LinkedHashMap<>();
        terms.ceilings().forEach((name, most) -> ceilings.put(name, most.toPlainString()));
        return Map.of(
                "scope", terms.scope().word(),
                "within", terms.within().toString(),
                "uses", terms.uses(),
                "clock", terms.clock().word(),
                "ceilings", ceilings);
    }
}
