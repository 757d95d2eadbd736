mod gaugeblock;
mod pages;
use pages::Pages;
use std::sync::Mutex;

impl gaugeblock::Allocator for Pages {
    const DECLARES: &'static str = r#"{"max_order":0,"zones":"pool","threads":4}"#;

    fn boot(machine: &gaugeblock::Machine) -> Self {
        Pages(Mutex::new(machine.ranges.iter().flat_map(|range| range.1..range.1 + range.2).collect()))
    }

    fn alloc(&self, _cpu: usize, _zone: usize, order: u32) -> Option<u64> {
        if order == 0 { self.take() } else { None }
    }

    fn free(&self, _cpu: usize, frame: u64, order: Option<u32>) -> bool {
        order == Some(0) && self.give(frame)
    }
}

fn main() {
    gaugeblock::main::<Pages>();
}
