package io.smspipeline.localkafka.registry;

/**
 * A request the registry does not fulfil, as its client hears it: an HTTP status, and in the body an error code and a
 * message. Codes and their meaning are those of Confluent's Schema Registry API reference.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    private Refusal(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static Refusal subjectNotFound(String subject) {
        return new Refusal(404, 40401, "Subject '" + subject + "' not found.");
    }

    static Refusal versionNotFound(String version) {
        return new Refusal(404, 40402, "Version " + version + " not found.");
    }

    static Refusal schemaNotFound() {
        return new Refusal(404, 40403, "Schema not found");
    }

    static Refusal schemaIdNotFound(String id) {
        return new Refusal(404, 40403, "Schema " + id + " not found");
    }

    static Refusal subjectDeleted(String subject) {
        return new Refusal(404, 40404, "Subject '" + subject + "' was soft deleted already.");
    }

    static Refusal noLevelOfItsOwn(String subject) {
        return new Refusal(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static Refusal invalidSchema(String why) {
        return new Refusal(422, 42201, "Invalid schema: " + why);
    }

    static Refusal invalidVersion(String version) {
        return new Refusal(
                422,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    static Refusal invalidLevel(String level) {
        return new Refusal(
                422,
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are NONE, BACKWARD, BACKWARD_TRANSITIVE,"
                        + " FORWARD, FORWARD_TRANSITIVE, FULL and FULL_TRANSITIVE");
    }

    static Refusal unsupported(String what) {
        return new Refusal(422, 422, what + " is not supported by this local registry.");
    }

    static Refusal incompatible(String subject, CompatibilityLevel level, Iterable<String> faults) {
        return new Refusal(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\" under compatibility " + level + ", details: [" + String.join("; ", faults) + "]");
    }

    static Refusal malformed(String why) {
        return new Refusal(400, 400, "Malformed request: " + why);
    }

    static Refusal nothingHere(String method, String path) {
        return new Refusal(404, 404, "HTTP 404 Not Found: this registry has no " + method + " " + path);
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(413, 413, "The request is larger than " + limit + " bytes.");
    }

    static Refusal storeFailed(String why) {
        return new Refusal(500, 50001, "Error in the backend data store: " + why);
    }
}
