package io.jitapproval.core.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A digest over a tree of plain values. Each is written with its kind and its length, so that no two trees read the same. */
final class ContentDigest {

    private final MessageDigest sha256;

    private ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(Map<String, ?> tree) {
        ContentDigest digest = new ContentDigest();
        digest.write(tree);
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            text("null", "");
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put(String.valueOf(name), each));
            text("map", Integer.toString(sorted.size()));
            sorted.forEach((name, each) -> {
                write(name);
                write(each);
            });
        } else if (value instanceof Iterable<?> list) {
            text("list", "");
            list.forEach(this::write);
            text("end", "");
        } else {
            text(value.getClass().getName(), value.toString());
        }
    }

    private void text(String kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((kind + ':' + bytes.length + ':').getBytes(StandardCharsets.UTF_8));
        sha256.update(bytes);
    }
}
