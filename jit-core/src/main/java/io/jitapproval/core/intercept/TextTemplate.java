package io.jitapproval.core.intercept;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text for people, made of arguments. Immutable. */
public final class TextTemplate {

    static final TextTemplate NONE = new TextTemplate(Template.EMPTY);

    private final Template template;

    TextTemplate(Template template) {
        this.template = template;
    }

    /**
     * The text of one call. Where any of its values is missing, blank or of another type than String, number, UUID or enum,
     * there is no text: half a reason is none.
     *
     * @param arguments the arguments by name: frozen copies, or their plain form
     * @return the text, or an empty one
     */
    public String render(Map<String, ? extends @Nullable Object> arguments) {
        try {
            return template.render(arguments, value -> value);
        } catch (UnresolvedTemplateException missing) {
            return "";
        }
    }

    /** The template as it stands in the annotation. */
    @Override
    public String toString() {
        return template.source();
    }
}
