/*
 * Store buffers of x86-TSO, for Spin: a few CPUs that access two words. Written for itself; StoreBufferSpinTest makes program.h, with
 *   CPUS REGISTERS            sizes
 *   WAIT                      whether a plain store waits in its CPU's buffer
 *   PROGRAM0 .. PROGRAM3      the accesses of each CPU: store, load, xchg, mb, lock, unlock; skip for a CPU that is not there
 * Words 0 and 1 are x and y, and 2 + c is the lock of CPU c.
 */
#include "program.h"

#define SIZE 8 /* more stores than a CPU makes */

byte memory[2 + CPUS];
byte loaded[REGISTERS + 1];
byte waits[CPUS];
byte word[CPUS * SIZE];
byte value[CPUS * SIZE];
byte ended;

inline store(w, v) {
  atomic {
    if
    :: WAIT -> assert(waits[c] < SIZE); word[c * SIZE + waits[c]] = w; value[c * SIZE + waits[c]] = v; waits[c]++
    :: else -> memory[w] = v
    fi
  }
}

inline load(w, r) {
  d_step {
    loaded[r] = memory[w];
    i = 0;
    do
    :: i < waits[c] -> if :: word[c * SIZE + i] == w -> loaded[r] = value[c * SIZE + i] :: else fi; i++
    :: else -> break
    od;
    i = 0
  }
}

inline mb() { waits[c] == 0 }
inline xchg(w, v) { atomic { waits[c] == 0 -> memory[w] = v } }
inline lock(w) { atomic { waits[c] == 0 && memory[w] == 0 -> memory[w] = 1 } }
inline unlock(w) { store(w, 0) }

proctype cpu(byte c) {
  byte i;
  if
  :: c == 0 -> PROGRAM0
  :: c == 1 -> PROGRAM1
  :: c == 2 -> PROGRAM2
  :: c == 3 -> PROGRAM3
  fi;
  ended++
}

/* The oldest store of a CPU reaches memory, at any time. */
proctype buffer(byte c) {
  byte i;
end:
  do
  :: d_step {
      waits[c] > 0 ->
      memory[word[c * SIZE]] = value[c * SIZE];
      i = 1;
      do
      :: i < SIZE -> word[c * SIZE + i - 1] = word[c * SIZE + i]; value[c * SIZE + i - 1] = value[c * SIZE + i]; i++
      :: else -> break
      od;
      word[c * SIZE + SIZE - 1] = 0;
      value[c * SIZE + SIZE - 1] = 0;
      waits[c]--;
      i = 0
    }
  od
}

c_code {
  static void report(void) {
    int i;
    printf("OUTCOME");
    for (i = 0; i < REGISTERS; i++) printf(" %d", now.loaded[i]);
    printf(" | %d %d\n", now.memory[0], now.memory[1]);
  }
}

init {
  byte c;
  atomic {
    c = 0;
    do
    :: c < CPUS -> run buffer(c); run cpu(c); c++
    :: else -> break
    od;
    c = 0
  };
  ended == CPUS;
  atomic {
    do
    :: c < CPUS -> waits[c] == 0; c++
    :: else -> break
    od
  };
  c_code { report(); }
}
