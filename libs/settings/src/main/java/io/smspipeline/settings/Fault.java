package io.smspipeline.settings;

/**
 * One thing wrong in a configuration.
 *
 * @param key the full key, such as {@code providers[0].port}; an environment variable's name when the fault is one; empty
 *     when the fault concerns the file as a whole
 * @param what what is wrong, with the value unless it may be secret
 * @param whatToDo what the reader of the report should do about it
 */
public record Fault(String key, String what, String whatToDo) {
    public Fault {
        what = oneLine(what);
        whatToDo = oneLine(whatToDo);
    }

    /** The fault on one line: {@code providers[0].port: 99999 is not between 1 and 65535; set a number in that range}. */
    @Override
    public String toString() {
        return (key.isEmpty() ? "" : key + ": ") + what + (whatToDo.isEmpty() ? "" : "; " + whatToDo);
    }

    /** A report has one line a fault, whatever a value or a parser's message contains. */
    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
