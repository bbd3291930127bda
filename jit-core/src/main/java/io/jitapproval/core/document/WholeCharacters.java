package io.jitapproval.core.document;

import java.io.Reader;

/**
 * Hands a text over in pieces that never end between the two halves of a character. {@code scanner.StreamReader} of SnakeYAML
 * Engine 3.0.1 asks for the second half behind the end of its buffer when a piece fills the buffer and ends with the first.
 */
final class WholeCharacters extends Reader {

    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] into, int from, int many) {
        if (at == text.length()) {
            return -1;
        }
        int to = Math.min(text.length(), at + many);
        if (to < text.length() && to - at > 1 && Character.isHighSurrogate(text.charAt(to - 1))) {
            to--;
        }
        text.getChars(at, to, into, from);
        int read = to - at;
        at = to;
        return read;
    }

    @Override
    public void close() {
        at = text.length();
    }
}
