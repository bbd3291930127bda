package io.jitapproval.core.intercept;

import io.jitapproval.Resource;
import io.jitapproval.core.intercept.Template.Literal;
import io.jitapproval.core.intercept.Template.Path;
import io.jitapproval.core.intercept.Template.Piece;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On what a guarded method acts. The type is literal, so that no argument can choose it. Immutable.
 *
 * <p>Different values make different ids. Where a template has one placeholder, its value stands there as it is. Where it
 * has several, text has to stand between them, and each value must not be able to hold what ends it: in all values, {@code %}
 * and the characters that the texts between placeholders begin with are percent-encoded. <code>{bank}-{number}</code> makes
 * {@code de%2D1-7} of {@code de-1} and {@code 7}, but {@code de-1%2D7} of {@code de} and {@code 1-7}. From the left, a value
 * then ends where the first such character stands, and {@code %} always begins an escape of three characters.
 */
public final class ResourceTemplate {

    static final ResourceTemplate NONE = new ResourceTemplate("", Template.EMPTY);

    private final String type;
    private final Template id;
    private final String escaped;

    /** An id with several placeholders has to be {@linkplain #isReadable readable}. */
    ResourceTemplate(String type, Template id) {
        this.type = type;
        this.id = id;
        StringBuilder ends = new StringBuilder();
        for (String separator : separators(id)) {
            ends.append(separator, 0, Math.min(1, separator.length()));
        }
        this.escaped = ends.isEmpty() ? "" : ends.append('%').toString();
    }

    /** Whether something that can be escaped tells where each value ends: an ASCII character that begins no escape itself. */
    static boolean isReadable(Template id) {
        return separators(id).stream()
                .allMatch(
                        separator -> !separator.isEmpty() && separator.charAt(0) < 0x80 && separator.charAt(0) != '%');
    }

    /** The texts between placeholders, empty where there is none; not those before the first and after the last. */
    private static List<String> separators(Template id) {
        List<String> separators = new ArrayList<>();
        String text = null;
        for (Piece piece : id.pieces()) {
            if (piece instanceof Literal literal) {
                text = text == null ? null : literal.text();
            } else if (piece instanceof Path) {
                if (text != null) {
                    separators.add(text);
                }
                text = "";
            }
        }
        return separators;
    }

    /**
     * The resource of one call.
     *
     * @param arguments the arguments by name: frozen copies, or their plain form
     * @return the resource; {@link Resource#NONE} where the annotation names none
     * @throws UnresolvedTemplateException if a value is missing, blank or of a type that makes no id
     */
    public Resource resolve(Map<String, ? extends @Nullable Object> arguments) {
        return type.isEmpty() ? Resource.NONE : Resource.of(type, id.render(arguments, this::written));
    }

    private String written(String value) {
        if (escaped.isEmpty()) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (escaped.indexOf(character) >= 0) {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
            } else {
                text.append(character);
            }
        }
        return text.toString();
    }

    /** The template as it stands in the annotation. */
    @Override
    public String toString() {
        return id.source();
    }
}
