package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.condition.Formula;
import dev.gaugeblock.explore.harness.condition.Happening;
import dev.gaugeblock.explore.harness.condition.Junction;
import dev.gaugeblock.explore.harness.condition.Negation;
import dev.gaugeblock.explore.harness.condition.Relation;
import dev.gaugeblock.explore.harness.condition.Value;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the conditions of expectations. What binds least is read first. */
final class ConditionReader {
    /** Deeper, and whoever evaluates it might run out of stack. */
    private static final int MAX_DEPTH = 64;

    private static final Pattern LIKE_A_NUMBER = Pattern.compile("-?[0-9].*");

    /** By the number that {@link Relation} gives each. */
    private static final List<String> RELATIONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private static final String GIVEN_UP = "given-up";

    /** What reclaim has left for the next, and how hard it tries, as outcomes call them. */
    private static final List<String> PRIORITIES = List.of("prev-priority", "temp-priority");

    private final Sides sides;
    private final MachineLayout layout;
    private final List<Program> programs;
    /** Numbers of all processes. */
    private final Set<Integer> pids;
    /** Whether memory is really reclaimed: otherwise nobody gives a zone up, or tries harder. */
    private final boolean reclaims;

    /** How many parentheses and {@code not} are open. */
    private int depth;

    ConditionReader(Variables variables, MachineSpec machine, List<Program> programs, Set<Integer> pids) {
        this.reclaims = machine.hasLru() || programs.stream().anyMatch(program -> program.kswapd);
        this.sides = new Sides(variables, machine.layout, reclaims);
        this.layout = machine.layout;
        this.programs = programs;
        this.pids = pids;
    }

    /** Reads the rest of a line. */
    Condition read(Line line) {
        Token first = line.peek();
        depth = 0;
        Formula formula = disjunction(line);
        if (line.peek().kind() != Token.Kind.END_OF_LINE) {
            throw line.expected("\"and\", \"or\" or the end of the line", line.peek());
        }
        return new Condition(formula, line.textFrom(first), first.line());
    }

    private Formula disjunction(Line line) {
        List<Formula> parts = new ArrayList<>();
        do {
            parts.add(conjunction(line));
        } while (line.take("or"));
        return junction(false, parts);
    }

    private Formula conjunction(Line line) {
        List<Formula> parts = new ArrayList<>();
        do {
            parts.add(denial(line));
        } while (line.take("and"));
        return junction(true, parts);
    }

    private static Formula junction(boolean all, List<Formula> parts) {
        return parts.size() == 1 ? parts.get(0) : new Junction(all, parts.toArray(new Formula[0]));
    }

    private Formula denial(Line line) {
        Token first = line.peek();
        if (line.take("not")) {
            goDeeper(line, first);
            Formula denied = denial(line);
            depth--;
            return new Negation(denied);
        }
        if (line.take("(")) {
            goDeeper(line, first);
            Formula inside = disjunction(line);
            depth--;
            if (!line.take(")")) {
                throw line.expected("\"and\", \"or\" or \")\"", line.peek());
            }
            return inside;
        }
        return term(line);
    }

    private void goDeeper(Line line, Token at) {
        if (++depth > MAX_DEPTH) {
            throw line.error(
                    at, "expected at most " + MAX_DEPTH + " parentheses and nots inside each other, found more");
        }
    }

    private Formula term(Line line) {
        if (line.take("kswapd")) {
            int node = 0;
            if (layout.nodes() > 1) {
                node = line.number("the number of a node", 0, layout.nodes() - 1);
            }
            return happening(line, "woken", "asleep", new Happening(Happening.WOKEN, node));
        }
        if (line.take("process")) {
            Token number = line.peek();
            int pid = line.number("a process", 1, Programs.MAX_PID);
            if (!pids.contains(pid)) {
                throw line.expected("a process of the file", number);
            }
            return happening(line, "killed", "spared", new Happening(Happening.KILLED, pid));
        }
        if (line.peek().is("cpu") || line.peek().is("irq") || line.peek().is("task")) {
            return sleeps(line);
        }
        if (line.peek().is(GIVEN_UP)) {
            requireReclaim(reclaims, line);
            return new Happening(Happening.GIVEN_UP, sides.zone(line, line.next()));
        }
        return comparison(line);
    }

    /** What reclaim notes of a zone stays as it is where nothing is reclaimed: a condition on it would be none. */
    private static void requireReclaim(boolean reclaims, Line line) {
        Token word = line.next();
        if (!reclaims) {
            throw line.error(
                    word,
                    "expected a test with lru or kswapd, where memory is really reclaimed, found " + word.described()
                            + " in another");
        }
    }

    /** One of two words: the one that says it, or the one that denies it. */
    private static Formula happening(Line line, String word, String denial, Happening what) {
        if (line.take(word)) {
            return what;
        }
        if (!line.take(denial)) {
            throw line.expected("\"" + word + "\" or \"" + denial + "\"", line.peek());
        }
        return new Negation(what);
    }

    private Formula sleeps(Line line) {
        Token keyword = line.next();
        Token which = line.peek();
        boolean isNamed = keyword.is("task")
                || keyword.is("irq") && Character.isLetter(which.text().charAt(0));
        String named = isNamed
                ? line.name(keyword.is("task") ? "a task" : "a handler").text()
                : Integer.toString(line.number("a CPU", 0, MachineSpec.MAX_CPUS - 1));
        int number = 0;
        while (number < programs.size() && !programs.get(number).title().equals(keyword.text() + " " + named)) {
            number++;
        }
        if (number == programs.size()) {
            String what = keyword.is("task") ? "a task of the file" : "a handler of the file";
            throw line.expected(isNamed ? what : "the CPU of a program of the file", which);
        }
        line.expect("sleeps");
        return new Happening(Happening.SLEPT, number);
    }

    private Formula comparison(Line line) {
        Sides.Read left = sides.left(line);
        Token relation = line.peek();
        int number = RELATIONS.indexOf(relation.text());
        if (number < 0) {
            throw line.expected("a comparison (" + String.join(", ", RELATIONS) + ")", relation);
        }
        line.next();
        boolean isOrder = Relation.isOrder(number);
        return new Relation(number, left.value(), sides.right(line, left, relation, isOrder));
    }

    /** Reads the two sides of a comparison. */
    private static final class Sides {
        private final Variables variables;
        private final MachineLayout layout;
        private final boolean reclaims;

        /** A value and where it stands. */
        record Read(Value value, Token first) {}

        Sides(Variables variables, MachineLayout layout, boolean reclaims) {
            this.variables = variables;
            this.layout = layout;
            this.reclaims = reclaims;
        }

        /** A variable, a number of free frames, or a priority. */
        Read left(Line line) {
            Token first = line.peek();
            if (PRIORITIES.contains(first.text())) {
                return new Read(priority(line), first);
            }
            return new Read(first.is("free") ? free(line) : variable(line), first);
        }

        private Value priority(Line line) {
            boolean last = line.peek().is(PRIORITIES.get(0));
            requireReclaim(reclaims, line);
            return new Value(last ? Value.PREV_PRIORITY : Value.TEMP_PRIORITY, zone(line, line.next()));
        }

        private Value variable(Line line) {
            return new Value(Value.VARIABLE, variables.mention(line));
        }

        private Value free(Line line) {
            line.expect("free");
            Token name = line.next();
            int zone = zone(line, name);
            if (!line.take("without")) {
                return new Value(Value.FREE, zone);
            }
            line.expect("percpu");
            return new Value(Value.FREE_WITHOUT_LISTS, zone);
        }

        /** The number that a zone has among those of all nodes; it goes by the name that outcomes give it. */
        int zone(Line line, Token name) {
            List<String> names = new ArrayList<>();
            for (int zone = 0; zone < layout.nodes() * Zone.COUNT; zone++) {
                if (frames(zone) > 0) {
                    String known = MachineSpec.zoneName(layout, zone);
                    if (name.is(known)) {
                        return zone;
                    }
                    names.add(known);
                }
            }
            throw line.expected("a zone of the machine (" + String.join(", ", names) + ")", name);
        }

        private int frames(int zone) {
            return layout.node(zone / Zone.COUNT).spanned(zone % Zone.COUNT);
        }

        /**
         * What the left side is compared with.
         *
         * @param relation the comparison
         * @param isOrder whether it is about which is larger
         */
        Value right(Line line, Read left, Token relation, boolean isOrder) {
            Token first = line.peek();
            Value value = left.value().isCount()
                    ? count(line, left.value())
                    : left.value().isPriority() ? otherPriority(line) : frame(line, relation, isOrder);
            if (value.isSameAs(left.value())) {
                String another = value.isCount()
                        ? "another number"
                        : value.isPriority() ? "another priority" : "another variable";
                throw line.error(
                        first, "expected " + another + ", found " + first.described() + " compared with itself");
            }
            return value;
        }

        private Value count(Line line, Value left) {
            Token first = line.peek();
            if (first.is("free")) {
                return free(line);
            }
            if (!LIKE_A_NUMBER.matcher(first.text()).matches()) {
                throw line.expected("a number of frames or \"free\", as a number of frames is on the left", first);
            }
            // A zone never has more: a condition on that would pass or fail unread.
            return new Value(Value.CONSTANT, line.number("a number of frames of the zone", 0, frames(left.number)));
        }

        private Value otherPriority(Line line) {
            Token first = line.peek();
            if (PRIORITIES.contains(first.text())) {
                return priority(line);
            }
            if (!LIKE_A_NUMBER.matcher(first.text()).matches()) {
                throw line.expected("a priority, as one is on the left", first);
            }
            return new Value(Value.CONSTANT, line.number("a priority", 0, Zone.DEF_PRIORITY));
        }

        private Value frame(Line line, Token relation, boolean isOrder) {
            Token first = line.peek();
            if (line.take("NULL")) {
                if (isOrder) {
                    throw line.error(
                            relation,
                            "expected \"==\" or \"!=\" before NULL, which is neither below a frame nor above one, found "
                                    + relation.described());
                }
                return new Value(Value.CONSTANT, Value.NOWHERE);
            }
            if (LIKE_A_NUMBER.matcher(first.text()).matches()) {
                return new Value(Value.CONSTANT, isOrder ? bound(line) : pfn(line));
            }
            if (first.kind() != Token.Kind.WORD || first.is("free")) {
                throw line.expected("NULL, a frame number or a variable", first);
            }
            return variable(line);
        }

        /** No frame outside the memory is ever handed out: a condition on one would pass or fail unread. */
        private int pfn(Line line) {
            Token number = line.peek();
            int pfn = line.number("a frame of the machine", layout.startPfn(), layout.endPfn() - 1);
            if (!layout.exists(pfn)) {
                throw line.expected("a frame of the machine", number);
            }
            return pfn;
        }

        /** Frames lie on both sides of it, or all on one: it need not be one itself. */
        private int bound(Line line) {
            return line.number("a frame number", layout.startPfn(), layout.endPfn());
        }
    }
}
