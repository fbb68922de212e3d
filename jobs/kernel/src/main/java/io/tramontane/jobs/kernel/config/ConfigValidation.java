package io.tramontane.jobs.kernel.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.validator.HibernateValidator;

/** Checks the values of a configuration: the constraints of every record, and those between records. */
final class ConfigValidation<R extends Record> {

    private final Class<R> sections;
    private final Function<R, List<ConfigFinding>> checks;
    private final ConfigNode.Section written;
    private final Set<String> failedKeys;

    /**
     * @param checks what must hold between the sections
     * @param written to tell where a value stands
     * @param failedKeys keys that already have a problem; nothing that depends on them is checked
     */
    ConfigValidation(
            Class<R> sections,
            Function<R, List<ConfigFinding>> checks,
            ConfigNode.Section written,
            Set<String> failedKeys) {
        this.sections = sections;
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
                add(problems, key(violation.getPropertyPath()), message(violation));
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
    private String key(Path path) {
        StringBuilder key = new StringBuilder();
        Class<?> type = sections;
        for (Path.Node node : path) {
            // The index of an element of a list comes with what lies below the element.
            if (node.isInIterable() && node.getIndex() != null) {
                key.append('[').append(node.getIndex()).append(']');
            }
            Optional<Type> component = type == null ? Optional.empty() : componentType(type, node.getName());
            if (component.isPresent()) {
                key.append(key.isEmpty() ? "" : ".").append(ConfigSchema.keyOf(node.getName()));
            }
            type = component.map(ConfigValidation::recordWithin).orElse(null);
        }
        return key.toString();
    }

    /** The record whose components come next in a path: that of a section, or of the elements of a list of sections. */
    private static Class<?> recordWithin(Type type) {
        Type within = ConfigSchema.isListOfSections(type) ? ValueType.lastArgument(type) : type;
        return ConfigSchema.isSection(within) ? (Class<?>) within : null;
    }

    private static Optional<Type> componentType(Class<?> record, String name) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getGenericType)
                .findFirst();
    }
}
