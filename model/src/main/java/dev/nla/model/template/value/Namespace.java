package dev.nla.model.template.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The one kind of value that a template can change: {@code namespace(x=1)}, then {@code set ns.x = 2}. */
public final class Namespace implements WithAttributes {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * Sets an attribute.
     *
     * @throws TemplateException when its name begins with an underscore
     */
    public void set(String name, Object value) {
        if (name.startsWith("_")) {
            throw TemplateException.of("a namespace cannot hold '%s', which begins with an underscore", name);
        }
        attributes.put(name, value);
    }

    /** What it holds, as a mapping. */
    public Dict dict() {
        Dict dict = new Dict();
        attributes.forEach(dict::put);
        return dict;
    }
}
