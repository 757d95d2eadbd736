package dev.gaugeblock.explore.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was instrumented, and what could not be. Filled as classes are loaded, by any thread. */
public final class Sites {
    /** Grows by copies, so that whoever reads need not wait. */
    private volatile Site[] sites = new Site[0];

    private int count;
    private final SortedMap<String, String> failures = new TreeMap<>();
    private int classes;
    private int fields;

    /** Takes a site in; returns its number. */
    @SuppressWarnings("nullness:assignment") // Only numbers that were given out are asked for.
    synchronized int add(Site site) {
        if (count == sites.length) {
            sites = Arrays.copyOf(sites, Math.max(1024, 2 * count));
        }
        sites[count] = site;
        return count++;
    }

    synchronized void instrumented(int fieldsOfTheClass) {
        classes++;
        fields += fieldsOfTheClass;
    }

    synchronized void failed(String type, String why) {
        failures.put(type, why);
    }

    /** The site with a number that was given out. */
    public Site site(int number) {
        return sites[number];
    }

    /** The classes that were loaded as they are, each with the reason. Of what they do, the audit sees nothing. */
    public synchronized Map<String, String> failures() {
        return new TreeMap<>(failures);
    }

    /** "51 classes, 160 fields, 1,520 places that touch them". */
    public synchronized String summary() {
        return String.format(
                Locale.ROOT, "%,d classes, %,d fields, %,d places that touch data", classes, fields, count);
    }
}
