package dev.gaugeblock.junit;

/** What a test does. */
interface TestAction {
    /**
     * Ends normally if all is well; by {@link org.opentest4j.TestAbortedException} if it is not applicable.
     *
     * @throws AssertionError if something is wrong with what is judged
     * @throws Exception if it could not be judged
     */
    void judge() throws Exception;

    /** That of something that is no test, and says why. */
    static TestAction refusing(String why) {
        return () -> {
            throw new IllegalArgumentException(why);
        };
    }
}
