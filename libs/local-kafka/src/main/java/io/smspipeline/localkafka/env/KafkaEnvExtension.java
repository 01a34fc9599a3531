package io.smspipeline.localkafka.env;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the {@link KafkaEnv} all of a test run share: {@code @ExtendWith(KafkaEnvExtension.class)}, and a
 * parameter of that type in a constructor or method. It is started for the first who asks and closed after the last
 * test of the run. Tests must therefore name their topics, groups and subjects so that no other test has them too.
 */
public final class KafkaEnvExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KafkaEnvExtension.class);

    /** Needed by JUnit. */
    public KafkaEnvExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaEnv.class;
    }

    @Override
    public KafkaEnv resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Attempt.class, key -> Attempt.make(), Attempt.class)
                .orFailure();
    }

    /**
     * What came of starting the environment. A failure is kept as well: each further test would otherwise wait for the
     * next one. JUnit closes what lies in the root store, being AutoCloseable, when the run is over.
     */
    private record Attempt(@Nullable KafkaEnv env, @Nullable RuntimeException failure) implements AutoCloseable {

        static Attempt make() {
            try {
                return new Attempt(KafkaEnv.start(), null);
            } catch (RuntimeException e) {
                return new Attempt(null, e);
            }
        }

        KafkaEnv orFailure() {
            if (env == null) {
                throw new IllegalStateException(
                        "this run has no Kafka: " + (failure == null ? "" : failure.getMessage()), failure);
            }
            return env;
        }

        @Override
        public void close() {
            if (env != null) {
                env.close();
            }
        }
    }
}
