package io.tramontane.pipeline.io;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes admin clients that an object of the connector holds in its fields.
 *
 * <p>They are found by their type: the connector's writer is not public, offers no access and may call the field
 * something else in its next version. Where a version holds none, or has closed it itself, nothing happens, since
 * closing a client again has no effect.
 */
final class AdminClients {

    private static final Logger LOG = LoggerFactory.getLogger(AdminClients.class);

    private AdminClients() {}

    /** Closes at once, without waiting for requests under way; says in the log what it could not reach. */
    static void closeAllOf(Object owner) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Admin.class.isAssignableFrom(field.getType()) && !Modifier.isStatic(field.getModifiers())) {
                    close(owner, field);
                }
            }
        }
    }

    private static void close(Object owner, Field field) {
        try {
            field.setAccessible(true);
            Admin client = (Admin) field.get(owner);
            if (client != null) {
                client.close(Duration.ZERO);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("An admin client of {} stays open", owner.getClass().getName(), e);
        }
    }
}
