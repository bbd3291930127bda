package io.jitapproval.core.explain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Text of strangers for a terminal or a page: one line that shows all there is and steers nothing. The brackets ⟨ and ⟩ are ours:
 * text that contains them shows them as numbers, so that no text can look like a mark.
 */
public final class Visible {

    /** Longer text is cut. */
    public static final int MAX_LENGTH = 200;

    private static final int MAX_BLANKS = 2;

    private Visible() {}

    /** The text, cut at {@link #MAX_LENGTH}. */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** The text, cut at so many characters; what was cut is said. */
    public static String of(String text, int most) {
        int length = text.codePointCount(0, text.length());
        if (length <= most) {
            return escaped(text);
        }
        return escaped(text.substring(0, text.offsetByCodePoints(0, most))) + "… ⟨cut: " + length
                + " characters, SHA-256 " + digest(text) + "⟩";
    }

    private static String escaped(String text) {
        if (text.isEmpty()) {
            return "⟨empty⟩";
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            int blanks = point == ' ' ? blanks(text, at) : 0;
            if (blanks > MAX_BLANKS || (blanks > 0 && (at == 0 || at + blanks == text.length()))) {
                out.append('⟨').append(blanks).append(blanks == 1 ? " blank⟩" : " blanks⟩");
                at += blanks;
            } else {
                append(out, point);
                at += Character.charCount(point);
            }
        }
        return out.toString();
    }

    private static int blanks(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) == ' ') {
            to++;
        }
        return to - from;
    }

    private static void append(StringBuilder out, int point) {
        if (point == '\n') {
            out.append('⏎');
        } else if (isHarmless(point)) {
            out.appendCodePoint(point);
        } else {
            out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
        }
    }

    private static boolean isHarmless(int point) {
        if (point >= ' ' && point < 0x7F) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> !isBlankLetter(point);
        };
    }

    /** Letters and marks that show nothing, and the signs that are ours. */
    private static boolean isBlankLetter(int point) {
        return switch (point) {
            case '⟨', '⟩', '⏎', 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                (point >= 0x180B && point <= 0x180F)
                        || (point >= 0xFE00 && point <= 0xFE0F)
                        || (point >= 0xE0100 && point <= 0xE01EF);
        };
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8) + "…";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
