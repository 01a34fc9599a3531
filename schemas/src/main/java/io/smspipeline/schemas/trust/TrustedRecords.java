package io.smspipeline.schemas.trust;

import io.smspipeline.record.OutgoingMessage;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro which classes it may instantiate. Since 1.12 it refuses even generated records until told, in decoding as in
 * filling a builder's defaults; we add exactly the package they are generated into, and leave what others allowed as it was.
 */
public final class TrustedRecords {
    private static final String PACKAGE = OutgoingMessage.class.getPackageName();

    private TrustedRecords() {}

    /**
     * Called by the class initialisers of the catalogue, the serializer and the deserializer. Whoever builds a record before
     * meeting any of these calls it first.
     */
    public static void trust() {
        ClassSecurityValidator.ClassSecurityPredicate others = ClassSecurityValidator.getGlobal();
        if (!others.isTrusted(OutgoingMessage.class)) {
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(others, type -> PACKAGE.equals(type.getPackageName())));
        }
    }
}
