package io.jitapproval.core.intercept;

import io.jitapproval.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On what a guarded method acts. The type is literal, so that no argument can choose it. Immutable. */
public final class ResourceTemplate {

    static final ResourceTemplate NONE = new ResourceTemplate("", Template.EMPTY);

    private final String type;
    private final Template id;

    ResourceTemplate(String type, Template id) {
        this.type = type;
        this.id = id;
    }

    /**
     * The resource of one call.
     *
     * @param arguments the arguments by name: frozen copies, or their plain form
     * @return the resource; {@link Resource#NONE} where the annotation names none
     * @throws UnresolvedTemplateException if a value is missing, blank or of a type that makes no id
     */
    public Resource resolve(Map<String, ? extends @Nullable Object> arguments) {
        return type.isEmpty() ? Resource.NONE : Resource.of(type, id.render(arguments));
    }

    /** The template as it stands in the annotation. */
    @Override
    public String toString() {
        return id.source();
    }
}
