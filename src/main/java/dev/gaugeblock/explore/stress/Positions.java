package dev.gaugeblock.explore.stress;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.machine.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which operation each program is in. Each program writes its own; to be read when none runs any more. */
final class Positions implements ProgramListener {
    private final Simulation simulation;
    /** Of each program, the operations under way, innermost first: reclaim runs some inside an allocation. */
    private final List<Deque<String>> operations = new ArrayList<>();

    Positions(Simulation simulation) {
        this.simulation = simulation;
        for (int i = 0; i < simulation.programs(); i++) {
            operations.add(new ArrayDeque<>());
        }
    }

    @Override
    public void begins(int program, LitmusOperation operation) {
        operations.get(program).push(operation.text);
        tell(program);
    }

    @Override
    public void ended(int program, LitmusOperation operation, String result) {
        operations.get(program).pop();
        tell(program);
    }

    private void tell(int program) {
        Task task = simulation.task(program);
        String underWay = operations.get(program).peek();
        task.doing = underWay == null ? "" : underWay;
    }

    /** "cpu 0: in kmap q", a line for each program. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Deque<String> underWay = operations.get(i);
            String where = underWay.isEmpty() ? "between operations, or done" : "in " + underWay.peek();
            lines.add(simulation.program(i).title() + ": " + where);
        }
        return lines;
    }
}
