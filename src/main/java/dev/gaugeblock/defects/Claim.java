package dev.gaugeblock.defects;

/**
 * What a patch says must find it.
 *
 * @param subject a litmus test or a file of vectors, by name without its ending
 * @param id of the violation, or the answer that differs
 */
public record Claim(Engine engine, String subject, String id) {
    @Override
    public String toString() {
        return engine.label() + " " + subject + " " + id;
    }
}
