package io.smspipeline.schemas.serde;

import io.smspipeline.record.OutgoingMessage;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro which classes it may instantiate while decoding. Since 1.12 it refuses even generated records until told; we
 * add exactly the package they are generated into, and leave what others allowed as it was.
 */
final class TrustedRecords {
    private static final String PACKAGE = OutgoingMessage.class.getPackageName();

    private TrustedRecords() {}

    /** Called by the class initialisers of serializer and deserializer, hence before any record is read or written. */
    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
    }
}
