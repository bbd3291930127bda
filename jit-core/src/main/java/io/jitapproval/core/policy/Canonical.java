package io.jitapproval.core.policy;

import io.jitapproval.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The version of a document: SHA-256 over one canonical form of what it says. White space, the order of keys and of rules,
 * the writing of numbers (1000, 1000.0, 1e3) and {@code $schema} do not count; everything else does.
 */
final class Canonical {

    private static final String DOMAIN = "jit-policy-1\n";
    private static final String SEVERAL = "jit-policies-1\n";

    private Canonical() {}

    /** The version of several documents together, in any order; of one, its own. */
    static String version(List<Node.Obj> documents) {
        if (documents.size() == 1) {
            return version(documents.get(0));
        }
        return versionOf(documents.stream().map(Canonical::version).toList());
    }

    /** The version of what has these versions, in any order. */
    static String versionOf(List<String> versions) {
        MessageDigest digest = sha256();
        update(digest, versions.stream().sorted().collect(Collectors.joining("\n", SEVERAL, "")));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What a value says, as one text that no other value has. */
    static String text(Node node) {
        StringBuilder out = new StringBuilder();
        write(out, node);
        return out.toString();
    }

    private static String version(Node.Obj document) {
        MessageDigest digest = sha256();
        update(digest, DOMAIN);
        Map<String, Node.Field> fields = new TreeMap<>(document.fields());
        fields.remove("$schema");
        for (Map.Entry<String, Node.Field> field : fields.entrySet()) {
            StringBuilder key = new StringBuilder();
            text(key, field.getKey());
            update(digest, key.toString());
            if (field.getKey().equals("rules") && field.getValue().value() instanceof Node.Arr rules) {
                String[] each = rules.items().stream().map(Canonical::text).toArray(String[]::new);
                Arrays.sort(each);
                for (int i = 0; i < each.length; i++) {
                    update(digest, i == 0 ? "[" : ",");
                    update(digest, each[i]);
                }
                update(digest, each.length == 0 ? "[]" : "]");
            } else {
                update(digest, text(field.getValue().value()));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(StringBuilder out, Node node) {
        if (node instanceof Node.Obj object) {
            out.append('{');
            for (Map.Entry<String, Node.Field> field : new TreeMap<>(object.fields()).entrySet()) {
                text(out, field.getKey());
                write(out, field.getValue().value());
            }
            out.append('}');
        } else if (node instanceof Node.Arr array) {
            out.append('[');
            array.items().forEach(item -> write(out, item));
            out.append(']');
        } else if (node instanceof Node.Str string) {
            text(out, string.value());
        } else if (node instanceof Node.Num number) {
            out.append('#').append(number.value().stripTrailingZeros()).append(';');
        } else {
            out.append(node.show()).append(';');
        }
    }

    /** Length first, so that no text can be taken for the end of another. */
    private static void text(StringBuilder out, String text) {
        out.append(text.length()).append(':').append(text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
