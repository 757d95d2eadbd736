package dev.gaugeblock.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments of a job: options with a value, and flags. */
final class Arguments {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * Reads them.
     *
     * @param valued the names of options that have a value; only the first of them may come more than once
     * @param flags the names of those that have none
     * @throws UsageException for what is none of these
     */
    static Arguments of(String[] arguments, List<String> valued, Set<String> flags) throws UsageException {
        Arguments read = new Arguments();
        for (int at = 0; at < arguments.length; at++) {
            String name = arguments[at];
            if (flags.contains(name)) {
                read.values.put(name, List.of(""));
            } else if (!valued.contains(name)) {
                throw new UsageException(name + " is no option: there are " + String.join(", ", valued)
                        + (flags.isEmpty() ? "" : ", " + String.join(", ", flags)));
            } else if (at + 1 == arguments.length) {
                throw new UsageException(name + " needs a value behind it");
            } else {
                List<String> all = read.values.computeIfAbsent(name, none -> new ArrayList<>());
                all.add(arguments[++at]);
                if (all.size() > 1 && !name.equals(valued.get(0))) {
                    throw new UsageException(name + " is there twice: " + String.join(", ", all));
                }
            }
        }
        return read;
    }

    /** All values of an option, of which there must be one. */
    List<String> required(String name) throws UsageException {
        List<String> all = values.get(name);
        if (all == null) {
            throw new UsageException(name + " is missing");
        }
        return all;
    }

    /** The value of an option. */
    String value(String name, String otherwise) {
        List<String> all = values.get(name);
        return all == null ? otherwise : all.get(0);
    }

    /** The whole number of an option, which must be more than nothing. */
    int positive(String name, int otherwise) throws UsageException {
        String value = value(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " " + value + ": a whole number from 1 on is expected");
        }
        throw new UsageException(name + " " + value + ": a whole number from 1 on is expected");
    }

    /** Whether a flag is there. */
    boolean has(String flag) {
        return values.containsKey(flag);
    }
}
