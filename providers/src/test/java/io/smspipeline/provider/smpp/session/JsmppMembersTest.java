package io.smspipeline.provider.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Properties;
import org.jsmpp.PDUReader;
import org.jsmpp.PDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.session.AbstractSession;
import org.jsmpp.session.AbstractSessionContext;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.ConnectionFactory;
import org.junit.jupiter.api.Test;

/**
 * What the session leans on in jSMPP, much of which is protected and may change with any release. When this fails, read the new
 * source against {@link AsyncSession} and {@link PduInput} before changing the version here.
 */
class JsmppMembersTest {
    private static void isThere(Class<?> type, int modifier, String name, Class<?>... parameters) throws Exception {
        Method method = type.getDeclaredMethod(name, parameters);
        assertThat(method.getModifiers() & modifier)
                .as("%s is as open as we need it", method)
                .isNotZero();
    }

    @Test
    void the_members_we_use_are_there_and_reachable() throws Exception {
        assertThat(Modifier.isPublic(SMPPSession.class
                        .getConstructor(PDUSender.class, PDUReader.class, ConnectionFactory.class)
                        .getModifiers()))
                .isTrue();
        isThere(AbstractSession.class, Modifier.PROTECTED, "sequence");
        isThere(SMPPSession.class, Modifier.PROTECTED, "sessionContext");
        isThere(AbstractSession.class, Modifier.PUBLIC, "close");
        isThere(SMPPSession.class, Modifier.PUBLIC, "connect", String.class, int.class);
        isThere(AbstractSession.class, Modifier.PUBLIC, "setEnquireLinkTimer", int.class);
        isThere(AbstractSession.class, Modifier.PUBLIC, "setPduProcessorDegree", int.class);
        isThere(AbstractSession.class, Modifier.PUBLIC, "setTransactionTimer", long.class);
        isThere(AbstractSessionContext.class, Modifier.PUBLIC, "bound", BindType.class, InterfaceVersion.class);
        assertThat(Modifier.isFinal(SMPPSession.class.getModifiers())).isFalse();
        assertThat(PDUReader.class.getMethods()).hasSize(3);
    }

    @Test
    void the_version_is_the_one_whose_source_was_read() throws Exception {
        Properties pom = new Properties();
        try (var in = SMPPSession.class.getResourceAsStream("/META-INF/maven/org.jsmpp/jsmpp/pom.properties")) {
            pom.load(in);
        }

        assertThat(pom.getProperty("version")).isEqualTo("3.0.2");
    }
}
