//! Lets gaugeblock judge a page allocator in Rust (edition 2021, Unix); docs/oracle.md says how.
//! Implement `Allocator` and call `gaugeblock::main::<Yours>()`. Standard output is kept free for the answers: what the
//! allocator prints goes to standard error.
#![allow(dead_code)] // nobody needs all that a machine has

use std::fs::File;
use std::io::{BufRead, LineWriter, Write};
use std::os::fd::FromRawFd;
use std::sync::Barrier;
use std::time::Instant;

/// What the allocator has to manage.
pub struct Machine {
    /// The number of the first frame.
    pub start: u64,
    /// Frames of each zone: they lie one after the other.
    pub sizes: Vec<u64>,
    pub cpus: usize,
    /// The frames that may be handed out, all but the reserved ones, ascending: zone, first frame, how many.
    pub ranges: Vec<(usize, u64, u64)>,
}

/// An allocator. It may be called from several threads if it declares `threads`.
pub trait Allocator: Sync + Sized {
    /// A JSON object; docs/oracle.md has the table.
    const DECLARES: &'static str = "{}";
    /// Whether it answers `drain` and `get`.
    const DRAINS: bool = false;
    const GETS: bool = false;
    /// Whether it has `take` and `give`, and declares what they are for.
    const TAKES: bool = false;

    /// Begins anew, with every frame of the ranges free.
    fn boot(machine: &Machine) -> Self;
    /// The first frame of a block from this zone or a lower one.
    fn alloc(&self, cpu: usize, zone: usize, order: u32) -> Option<u64>;
    /// Whether there was such a block. There is no order if `order_in_free` is declared to be false.
    fn free(&self, cpu: usize, frame: u64, order: Option<u32>) -> bool;
    /// Gives back what a CPU holds on a list of its own.
    fn drain(&self, _cpu: usize) {}
    /// One more reference: how many there are then.
    fn get(&self, _frame: u64) -> u64 {
        0
    }
    /// What is only asked of those that declare `"aligned":"frame"` or `"limit":true`: so many frames, from a multiple
    /// of `align` on, all of them below a frame.
    fn take(&self, _cpu: usize, _zone: usize, _frames: u64, _align: u64, _below: u64) -> Option<u64> {
        None
    }
    /// Whether these frames were handed out.
    fn give(&self, _cpu: usize, _frame: u64, _frames: u64) -> bool {
        false
    }
    /// Frames on the free lists of a zone, if it counts them.
    fn free_frames(&self, _zone: usize) -> Option<u64> {
        None
    }
}

extern "C" {
    fn dup(file: i32) -> i32;
    fn dup2(file: i32, other: i32) -> i32;
}

/// Answers until there are no more requests.
pub fn main<A: Allocator>() {
    // SAFETY: both take and give numbers of open files, and nobody else owns the new one.
    let out = unsafe {
        let copy = dup(1);
        assert!(copy >= 0 && dup2(2, 1) >= 0, "standard output is closed");
        File::from_raw_fd(copy)
    };
    let mut answers = LineWriter::new(out);
    let mut session = Session::<A> { allocator: None, machine: empty(), reserved: Vec::new(), began: Instant::now() };
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input");
        let answer = session.answer(&line);
        answers.write_all(answer.as_bytes()).expect("standard output");
    }
}

fn empty() -> Machine {
    Machine { start: 0, sizes: Vec::new(), cpus: 1, ranges: Vec::new() }
}

/// What stands behind a key, up to the end of the line.
fn find<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let quoted = format!("\"{key}\":");
    line.find(&quoted).map(|at| &line[at + quoted.len()..])
}

fn number(line: &str, key: &str) -> Option<u64> {
    let value = find(line, key)?;
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    value[..end].parse().ok()
}

struct Session<A> {
    allocator: Option<A>,
    machine: Machine,
    reserved: Vec<(u64, u64)>,
    began: Instant,
}

impl<A: Allocator> Session<A> {
    fn answer(&mut self, line: &str) -> String {
        let operation = find(line, "op").and_then(|value| value.split('"').nth(1)).unwrap_or("");
        let i = number(line, "i").unwrap_or(0);
        if operation == "burst" {
            return self.burst(i, line);
        }
        let mut more = String::new();
        match operation {
            "reset" => {
                self.machine = empty();
                self.reserved.clear();
                let counts = A::TAKES && A::DECLARES.contains("\"frame\"");
                let also: Vec<&str> =
                    [("\"drain\"", A::DRAINS), ("\"get\"", A::GETS), ("\"count\",\"align\"", counts)]
                    .iter().filter(|each| each.1).map(|each| each.0).collect();
                more = format!(",\"also\":[{}],\"declares\":{}", also.join(","), A::DECLARES);
            }
            "zones" => {
                let sizes = find(line, "sizes").unwrap_or("[]");
                let list = &sizes[1..sizes.find(']').unwrap_or(1)];
                self.machine.sizes = list.split(',').filter_map(|size| size.parse().ok()).collect();
                self.machine.start = number(line, "node_start").unwrap_or(0);
            }
            "ncpu" => self.machine.cpus = number(line, "n").unwrap_or(1) as usize,
            "reserve" => self.reserved.push((number(line, "pfn").unwrap_or(0), number(line, "count").unwrap_or(0))),
            "bootq" => self.boot(),
            _ => more = self.operation(operation, line),
        }
        format!("{{\"i\":{i}{more}}}\n")
    }

    fn boot(&mut self) {
        self.machine.ranges.clear();
        let mut first = self.machine.start;
        for (zone, size) in self.machine.sizes.iter().enumerate() {
            for frame in first..first + size {
                if self.reserved.iter().any(|each| frame >= each.0 && frame < each.0 + each.1) {
                    continue;
                }
                match self.machine.ranges.last_mut() {
                    Some(last) if last.0 == zone && last.1 + last.2 == frame => last.2 += 1,
                    _ => self.machine.ranges.push((zone, frame, 1)),
                }
            }
            first += size;
        }
        self.allocator = Some(A::boot(&self.machine));
    }

    fn operation(&self, operation: &str, line: &str) -> String {
        let allocator = self.allocator.as_ref().expect("bootq comes first");
        let cpu = number(line, "cpu").unwrap_or(0) as usize;
        let frame = number(line, "pfn").unwrap_or(0);
        let order = number(line, "order").map(|order| order as u32);
        let answer = match operation {
            "alloc" => {
                let gfp = number(line, "gfp").unwrap_or(0); // __GFP_DMA is 1, __GFP_HIGHMEM 2
                let zone = if gfp & 1 != 0 { 0 } else if gfp & 2 != 0 { 2 } else { 1 };
                let zone = zone.min(self.machine.sizes.len() - 1);
                let (count, align, below) = (number(line, "count"), number(line, "align"), number(line, "below"));
                granted(if A::TAKES && (count.is_some() || align.is_some() || below.is_some()) {
                    let frames = count.unwrap_or(1 << order.unwrap_or(0));
                    allocator.take(cpu, zone, frames, align.unwrap_or(1), below.unwrap_or(u64::MAX))
                } else {
                    allocator.alloc(cpu, zone, order.unwrap_or(0))
                })
            }
            "free" if A::TAKES && number(line, "count").is_some() => {
                refused(allocator.give(cpu, frame, number(line, "count").unwrap_or(0)))
            }
            "free" => refused(allocator.free(cpu, frame, order)),
            "get" => return format!(",\"count\":{}", allocator.get(frame)),
            "drain" => {
                allocator.drain(cpu);
                String::new()
            }
            _ => return String::new(), // holes: they are among the reserved frames
        };
        let zones = 0..self.machine.sizes.len();
        let counts: Option<Vec<String>> =
            zones.map(|zone| allocator.free_frames(zone).map(|frames| frames.to_string())).collect();
        answer + &counts.map(|each| format!(",\"fp\":[{}]", each.join(","))).unwrap_or_default()
    }

    fn burst(&self, i: u64, line: &str) -> String {
        let allocator = self.allocator.as_ref().expect("bootq comes first");
        let threads = number(line, "threads").unwrap_or(1);
        let operations = number(line, "operations").unwrap_or(1);
        let seed = number(line, "seed").unwrap_or(0);
        let barrier = Barrier::new(threads as usize);
        let zone = 2.min(self.machine.sizes.len() - 1);
        let done: Vec<Vec<String>> = std::thread::scope(|scope| {
            let started: Vec<_> = (0..threads)
                .map(|k| {
                    let mut thread = Thread { allocator, k, zone, began: self.began, held: Vec::new(), done: Vec::new() };
                    let barrier = &barrier;
                    scope.spawn(move || {
                        barrier.wait();
                        thread.run(operations, seed * 1024 + k);
                        thread.done
                    })
                })
                .collect();
            started.into_iter().map(|each| each.join().expect("a thread panicked")).collect()
        });
        let events: Vec<String> = done.concat();
        let lines: String = events.iter().map(|event| format!("{{\"i\":{i},{event}}}\n")).collect();
        lines + &format!("{{\"i\":{i},\"events\":{}}}\n", events.len())
    }
}

fn refused(right: bool) -> String {
    (if right { "" } else { ",\"r\":\"BUG\"" }).to_string()
}

fn granted(frame: Option<u64>) -> String {
    frame.map_or(",\"r\":null".to_string(), |frame| format!(",\"r\":{frame}"))
}

struct Thread<'a, A> {
    allocator: &'a A,
    k: u64,
    zone: usize,
    began: Instant,
    held: Vec<(u64, u32)>,
    done: Vec<String>,
}

impl<A: Allocator> Thread<'_, A> {
    fn run(&mut self, operations: u64, mut state: u64) {
        let compact: String = A::DECLARES.split_whitespace().collect();
        let largest = number(&compact, "max_order").unwrap_or(10) as u32;
        let says_order = !compact.contains("\"order_in_free\":false");
        for _ in 0..operations {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^= z >> 31;
            if self.held.is_empty() || self.held.len() < 8 && z % 16 < 9 {
                self.alloc([0, 0, 0, 0, 1, 1, 2, 3][(z >> 8 & 7) as usize].min(largest));
            } else {
                let at = (z >> 16 & 0xffff) as usize % self.held.len();
                self.free(at, says_order);
            }
        }
        while !self.held.is_empty() {
            self.free(self.held.len() - 1, says_order);
        }
    }

    fn now(&self) -> u128 {
        self.began.elapsed().as_nanos()
    }

    fn alloc(&mut self, order: u32) {
        let (t0, frame, t1) = (self.now(), self.allocator.alloc(self.k as usize, self.zone, order), self.now());
        self.held.extend(frame.map(|frame| (frame, order)));
        self.done.push(format!(
            "\"op\":\"alloc\",\"cpu\":{},\"gfp\":2,\"order\":{order},\"task\":0{},\"t0\":{t0},\"t1\":{t1}",
            self.k, granted(frame)));
    }

    fn free(&mut self, at: usize, says_order: bool) {
        let (frame, order) = self.held.swap_remove(at);
        let said = if says_order { format!(",\"order\":{order}") } else { String::new() };
        let (t0, right, t1) =
            (self.now(), self.allocator.free(self.k as usize, frame, says_order.then_some(order)), self.now());
        let bug = refused(right);
        self.done.push(format!(
            "\"op\":\"free\",\"cpu\":{},\"pfn\":{frame}{said}{bug},\"t0\":{t0},\"t1\":{t1}", self.k));
    }
}
