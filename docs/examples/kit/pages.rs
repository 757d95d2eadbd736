//! A stack of single frames: whatever is larger fails.
use std::sync::Mutex;

pub struct Pages(pub Mutex<Vec<u64>>);

impl Pages {
    pub fn take(&self) -> Option<u64> {
        self.0.lock().unwrap().pop()
    }

    /// Whether the frame was in use.
    pub fn give(&self, frame: u64) -> bool {
        let mut free = self.0.lock().unwrap();
        let right = !free.contains(&frame);
        if right {
            free.push(frame);
        }
        right
    }
}
