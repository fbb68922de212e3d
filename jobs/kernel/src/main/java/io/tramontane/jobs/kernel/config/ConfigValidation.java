package io.tramontane.jobs.kernel.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.validator.HibernateValidator;

/** Checks the values of a configuration: the constraints of every record, and those between records. */
final class ConfigValidation<R extends Record> {

    private final Function<R, List<ConfigFinding>> checks;
    private final ConfigNode.Section written;
    private final Set<String> failedKeys;

    /**
     * @param checks what must hold between the sections
     * @param written to tell where a value stands
     * @param failedKeys keys that already have a problem; nothing that depends on them is checked
     */
    ConfigValidation(Function<R, List<ConfigFinding>> checks, ConfigNode.Section written, Set<String> failedKeys) {
        this.checks = checks;
        this.written = written;
        this.failedKeys = failedKeys;
    }

    List<ConfigProblem> problems(R config) {
        List<ConfigProblem> problems = new ArrayList<>();
        try (ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()) {
            Validator validator = factory.getValidator();
            for (ConstraintViolation<R> violation : validator.validate(config)) {
                add(problems, key(config, violation.getPropertyPath()), message(violation));
            }
        }
        // Relations between values that are wrong by themselves would only repeat what is already said.
        if (problems.isEmpty()) {
            checks.apply(config).forEach(finding -> add(problems, finding.key(), finding.message()));
        }
        return problems;
    }

    private void add(List<ConfigProblem> problems, String key, String message) {
        boolean reported = failedKeys.stream().anyMatch(failed -> failed.equals(key) || failed.startsWith(key + "."));
        if (!reported) {
            Origin origin = written.find(key).map(ConfigNode::origin).orElse(written.origin());
            problems.add(new ConfigProblem(origin, key, message));
        }
    }

    private static String message(ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        boolean plain = value instanceof Number || value instanceof CharSequence;
        return violation.getMessage() + (plain ? ", not '" + value + "'" : "");
    }

    /** The dotted key of a property; for a method that checks a whole record, the record's section. */
    private static String key(Record config, Path path) {
        StringBuilder key = new StringBuilder();
        Object at = config;
        for (Path.Node node : path) {
            // The place of an element in a list or map comes with what lies below the element.
            if (node.getIndex() != null && at instanceof List<?> list) {
                key.append('[').append(node.getIndex()).append(']');
                at = list.get(node.getIndex());
            } else if (node.getKey() != null && at instanceof Map<?, ?> map) {
                append(key, node.getKey().toString());
                at = map.get(node.getKey());
            }
            Optional<RecordComponent> component = component(at, node.getName());
            component
                    .filter(found -> !PluginCatalogue.besideOthers(found))
                    .ifPresent(found -> append(key, ConfigSchema.keyOf(found.getName())));
            Object owner = at;
            at = component
                    .map(found -> ConfigWriter.valueOf((Record) owner, found))
                    .orElse(at);
        }
        return key.toString();
    }

    private static void append(StringBuilder key, String part) {
        key.append(key.isEmpty() ? "" : ".").append(part);
    }

    private static Optional<RecordComponent> component(Object owner, String name) {
        return owner instanceof Record
                ? Arrays.stream(owner.getClass().getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .findFirst()
                : Optional.empty();
    }
}
