package io.tramontane.jobs.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;

/** Checks the values of a configuration: the constraints of every record, and those between records. */
final class ConfigValidation {

    private final ConfigNode.Section written;
    private final Set<String> failedKeys;

    /**
     * @param written to tell where a value stands
     * @param failedKeys keys that already have a problem; nothing that depends on them is checked
     */
    ConfigValidation(ConfigNode.Section written, Set<String> failedKeys) {
        this.written = written;
        this.failedKeys = failedKeys;
    }

    List<ConfigProblem> problems(TramontaneConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        try (ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()) {
            Validator validator = factory.getValidator();
            for (ConstraintViolation<TramontaneConfig> violation : validator.validate(config)) {
                add(problems, key(violation.getPropertyPath()), message(violation));
            }
        }
        // Relations between values that are wrong by themselves would only repeat what is already said.
        if (problems.isEmpty()) {
            CrossChecks.of(config).forEach(finding -> add(problems, finding.key(), finding.message()));
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
    private static String key(Path path) {
        List<String> parts = new ArrayList<>();
        Class<?> type = TramontaneConfig.class;
        for (Path.Node node : path) {
            String name = node.getName();
            Class<?> component = type == null ? null : componentType(type, name);
            if (component != null) {
                parts.add(ConfigSchema.keyOf(name));
            }
            type = component != null && component.isRecord() ? component : null;
        }
        return String.join(".", parts);
    }

    private static Class<?> componentType(Class<?> record, String name) {
        for (var component : record.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return component.getType();
            }
        }
        return null;
    }
}
