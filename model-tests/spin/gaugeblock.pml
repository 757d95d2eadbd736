/*
 * The third witness: one zone of Linux 2.6.11's page allocator with its per-CPU lists, the kmap window, and one interrupt handler,
 * for Spin. It shares no line with the reference: what it says was written down a second time, in another language, and is explored
 * by another tool. docs/engines.md says what it models and what it does not.
 *
 * A step is one access to what another CPU may look at without a lock (the number of free pages, the number of free blocks of an
 * order, kswapd's wait queue and order, a reference count), the taking of a lock, or the turning-off of interrupts; what a lock or
 * interrupts protect is changed within such a step. SpinWitness makes program.h from a litmus test:
 *   CPUS TASKS FRAMES ORDERS VARS        sizes; ORDERS is 1 + the order of the largest block
 *   LOW HIGH BATCH                       bounds of each CPU's hot list, in frames
 *   MARK_MIN MARK_LOW                    watermarks, in frames
 *   HIGHMEM SLOTS                        whether the zone needs the window, and the window's slots
 *   HANDLERS                             how many tasks are interrupt handlers
 *   OPERATIONS                           of all programs
 *   ZONE, NAMES                          for the outcome's text: C strings
 *   boot()                               the free lists and the programs, as statements
 */
#define ALLOC 0
#define FREE 1
#define GET 2
#define DRAIN 3
#define KMAP 4
#define KUNMAP 5
#define START 6 /* the programs of all others may begin */

/* Where else a task goes on. */
#define DONE 7
#define SKIPPED 8
#define REMOVED 9
#define HALVE 10
#define NONE_HOT 11
#define TOO_FEW 12
#define TAKE 13
#define NR_FREE 14
#define LOCKED_OUT 15
#define ADD 16
#define MERGE 17
#define INSERT 18
#define PUT_HOT 19
#define PUT_BLOCK 20
#define AWAIT 21

#define WAITS 1 /* bits of flags: the request may wait, */
#define DEEPER 2 /* and may go below the mark by half, */
#define HARDER 4 /* and by a quarter of what is left */

#include "program.h"

#define NOTHING 0 /* a variable that was not assigned; else a frame's number + 1, or: */
#define NIL 255

#define WIDTH (FRAMES / 2 + 1) /* buddies do not stay apart, so no free list is longer */
#define CAPACITY (HIGH + BATCH)

/* The programs: of each operation what it is, its variable, the order of its block, and the request's bits. */
hidden byte kind[OPERATIONS];
hidden byte variable[OPERATIONS];
hidden byte order[OPERATIONS];
hidden byte flags[OPERATIONS];

short free_pages;
byte nr_free[ORDERS];
byte listed[ORDERS]; /* links in each free list */
byte list[ORDERS * WIDTH]; /* first frames, head first */
byte refs[FRAMES];
byte count[CPUS];
byte hot[CPUS * CAPACITY]; /* head first */
bit zone_lock;
bit off[CPUS]; /* interrupts */
bit asleep_kswapd = 1;
byte kswapd_max_order;

/* The window; kmap_lock is held within single steps only, except while somebody waits for it. */
byte hand;
byte users[SLOTS]; /* pkmap_count */
byte mapped[SLOTS]; /* page-table entry: frame + 1 */
bit queued[TASKS];
bit awake[TASKS];

byte value[VARS];
bit handed[VARS]; /* one program assigns it, and another uses its block */
bit begun;
byte ended;
bit stopped[TASKS + 2]; /* by process: its CPU is busy with the handler; the last is nobody */
hidden byte i;
hidden byte j;

/* Used by boot(). */
inline free_block(o, pfn) {
  list[o * WIDTH] = pfn; listed[o] = 1; nr_free[o] = 1; free_pages = free_pages + (1 << o)
}
inline operation(at, what, v, o, bits) {
  kind[at] = what; variable[at] = v; order[at] = o; flags[at] = bits
}

/* The head of a list goes, or what becomes the head comes. */
inline take_block(o) {
  x = list[o * WIDTH]; listed[o]--; i = 0;
  do :: i < listed[o] -> list[o * WIDTH + i] = list[o * WIDTH + i + 1]; i++ :: else -> break od;
  list[o * WIDTH + listed[o]] = 0; i = 0
}
inline add_block(o, pfn) {
  i = listed[o];
  do :: i > 0 -> list[o * WIDTH + i] = list[o * WIDTH + i - 1]; i-- :: else -> break od;
  list[o * WIDTH] = pfn; listed[o]++
}
inline take_frame() {
  x = hot[c * CAPACITY]; count[c]--; i = 0;
  do :: i < count[c] -> hot[c * CAPACITY + i] = hot[c * CAPACITY + i + 1]; i++ :: else -> break od;
  hot[c * CAPACITY + count[c]] = 0; i = 0
}
inline add_frame(pfn) {
  i = count[c];
  do :: i > 0 -> hot[c * CAPACITY + i] = hot[c * CAPACITY + i - 1]; i-- :: else -> break od;
  hot[c * CAPACITY] = pfn; count[c]++
}
/* go = whether block b is in the list of order o; if it is, it is taken out */
inline unlink_block(o, b) {
  i = 0; go = 0;
  do :: i < listed[o] && list[o * WIDTH + i] != (b) -> i++ :: else -> break od;
  if
  :: i < listed[o] -> go = 1;
     do :: i + 1 < listed[o] -> list[o * WIDTH + i] = list[o * WIDTH + i + 1]; i++ :: else -> break od;
     listed[o]--; list[o * WIDTH + listed[o]] = 0
  :: else
  fi;
  i = 0
}
/* go = NR_FREE: the free blocks of order k are to be looked at, too */
inline judge_mark() {
  if
  :: f <= m -> go = TOO_FEW
  :: else -> go = (k < order[pc] -> NR_FREE : TAKE)
  fi;
  if :: go != NR_FREE -> f = 0; m = 0; k = 0 :: else fi
}
inline look_at_free_pages(mark, bits) {
  m = mark;
  if :: bits & DEEPER -> m = m - m / 2 :: else fi;
  if :: bits & HARDER -> m = m - m / 4 :: else fi;
  f = free_pages - (1 << order[pc]) + 1; k = 0; judge_mark()
}
inline look_at_nr_free() {
  f = f - (nr_free[k] << k); m = m >> 1; k++; judge_mark()
}
inline slot_of(what) { /* i = the slot, or SLOTS */
  i = 0; do :: i < SLOTS && mapped[i] != what -> i++ :: else -> break od
}
/* flush_all_zero_pkmaps */
inline flush() {
  j = 0;
  do
  :: j < SLOTS -> if :: users[j] == 1 -> users[j] = 0; mapped[j] = 0 :: else fi; j++
  :: else -> break
  od
}
/* map_new_virtual up to where it has a slot (go = 1) or has to wait (go = 0) */
inline find_slot() {
  k = SLOTS; go = 2;
  do
  :: go == 2 ->
     hand = (hand + 1) % SLOTS;
     if :: hand == 0 -> flush(); k = SLOTS :: else fi;
     if
     :: users[hand] == 0 -> go = 1
     :: else -> k--; if :: k == 0 -> go = 0 :: else fi
     fi
  :: else -> break
  od;
  k = 0
}
/* kmap_high: go = 1 if it is done, 0 if it has to wait, and then it stands in the queue */
inline map_high() {
  slot_of(value[variable[pc]]);
  if
  :: i < SLOTS -> users[i]++; go = 1
  :: else ->
     find_slot();
     if
     :: go -> mapped[hand] = value[variable[pc]]; users[hand] = 2
     :: else -> awake[me] = 0; queued[me] = 1
     fi
  fi;
  i = 0; j = 0
}

/* --- Between operations: go is where the task goes on --- */

/* go = what the operation at pc begins with; those on a variable that holds no frame do nothing */
inline choose() {
  go = SKIPPED;
  do
  :: go == SKIPPED ->
     if
     :: pc == end -> go = DONE
     :: else ->
        if
        :: kind[pc] == START -> begun = 1; pc++
        :: kind[pc] == ALLOC || kind[pc] == DRAIN -> go = kind[pc]
        :: else ->
           if
           :: value[variable[pc]] == NOTHING && handed[variable[pc]] -> go = AWAIT
           :: value[variable[pc]] == NIL || value[variable[pc]] == NOTHING && !handed[variable[pc]] -> pc++
           :: else -> go = kind[pc]
           fi
        fi
     fi
  :: else -> break
  od
}
inline follow() {
  if
  :: go == ALLOC -> goto mark
  :: go == FREE -> goto put
  :: go == GET -> goto get
  :: go == DRAIN -> goto drain
  :: go == KMAP -> goto kmap
  :: go == KUNMAP -> goto kunmap
  :: go == AWAIT -> goto await
  :: go == DONE -> goto done
  fi
}
inline operation_done() { pc++; choose() }

/* --- What is done with zone_lock held, or with interrupts off --- */

inline grant() {
  refs[x] = 1; value[variable[pc]] = x + 1; off[c] = was;
  x = 0; was = 0; w = 0; o = 0; slow = 0; operation_done()
}
inline grant_hot() { take_frame(); grant() }
inline end_refill() {
  zone_lock = 0; left = 0; o = 0;
  if :: count[c] > 0 -> grant_hot() :: else -> off[c] = was; was = 0; go = NONE_HOT fi
}
/* __rmqueue, up to the first word; left = how many frames a refill still wants, 0 if it is none */
inline remove_block() {
  o = w;
  do :: o < ORDERS && listed[o] == 0 -> o++ :: else -> break od;
  if
  :: o < ORDERS -> take_block(o); go = REMOVED
  :: o == ORDERS && left > 0 -> end_refill()
  :: else -> zone_lock = 0; off[c] = was; was = 0; w = 0; o = 0; go = TOO_FEW
  fi
}
/* the block is as small as it has to be, or there is another half to give back */
inline halved() {
  if
  :: o > w -> go = HALVE
  :: o == w && left > 0 ->
     hot[c * CAPACITY + count[c]] = x; count[c]++; x = 0; left--;
     if :: left > 0 -> remove_block() :: else -> end_refill() fi
  :: else -> zone_lock = 0; grant()
  fi
}
inline put_head() {
  add_frame(value[variable[pc]] - 1); off[c] = was; was = 0; x = 0; operation_done()
}
/* free_pages_bulk, from the tail */
inline next_of_bulk() {
  if
  :: left > 0 && count[c] > 0 ->
     count[c]--; x = hot[c * CAPACITY + count[c]]; hot[c * CAPACITY + count[c]] = 0; left--; o = 0; go = ADD
  :: else ->
     zone_lock = 0; left = 0; bulk = 0; x = 0;
     if :: kind[pc] == DRAIN -> off[c] = was; was = 0; operation_done() :: else -> put_head() fi
  fi
}
inline look_for_buddy() {
  go = 0;
  if :: o + 1 < ORDERS -> unlink_block(o, x ^ (1 << o)) :: else fi;
  if :: go -> go = MERGE :: else -> go = INSERT fi
}

c_code {
  static const char *const names[] = NAMES;

  static void one(const char *name, int number, const unsigned char *what, int length) {
    int e;
    if (length > 0) {
      printf(" %s%d [", name, number);
      for (e = 0; e < length; e++) printf("%s%d", e ? " " : "", what[e]);
      printf("]");
    }
  }

  /* In the form that Outcome.java gives an outcome. */
  static void report(void) {
    int e, used = now.hand != 0;
    printf("OUTCOME ");
    for (e = 0; e < VARS; e++) {
      if (now.value[e] == NIL) printf("%s=NULL ", names[e]);
      else if (now.value[e] != NOTHING) printf("%s=%d ", names[e], now.value[e] - 1);
    }
    if (!now.asleep_kswapd) printf("kswapd-woken:%d ", now.kswapd_max_order);
    printf("| %s free %d", ZONE, now.free_pages);
    for (e = 0; e < ORDERS; e++) one("order ", e, now.list + e * WIDTH, now.listed[e]);
    for (e = 0; e < CPUS; e++) one("hot", e, now.hot + e * CAPACITY, now.count[e]);
    for (e = 0; e < SLOTS; e++) used |= now.mapped[e] != 0;
    if (used) {
      printf("; kmap hand %d", now.hand);
      for (e = 0; e < SLOTS; e++)
        if (now.mapped[e]) printf(" slot%d [%d count %d]", e, now.mapped[e] - 1, now.users[e]);
    }
    printf("\n");
  }
};

proctype task(byte me; byte c; byte pc; byte end; byte interrupted; bit waits)
#if HANDLERS > 0
  provided (!stopped[_pid])
#endif
{
  byte x, o, w, k, go, left; short f, m; bit slow, was, bulk;

#if HANDLERS > 0
  /* A handler: it strikes where its CPU has interrupts on, and stops what runs there, if there is anything. */
  if
  :: interrupted > 0 -> d_step { begun && !off[c] -> off[c] = 1; stopped[interrupted] = 1 }
  :: else
  fi;
#endif
  if :: waits -> begun :: else fi;
  atomic { d_step { choose() }; follow() }

  /* --- alloc_pages --- */

mark: atomic {
    d_step {
      if
      :: slow -> look_at_free_pages(MARK_MIN, flags[pc])
      :: else -> look_at_free_pages(MARK_LOW, 0)
      fi
    };
    if :: go == TOO_FEW -> goto too_few :: go == TAKE -> goto take :: go == NR_FREE -> goto mark_order fi
  }
mark_order: atomic {
    d_step { look_at_nr_free() };
    if :: go == TOO_FEW -> goto too_few :: go == TAKE -> goto take :: go == NR_FREE -> goto mark_order fi
  }

  /* buffered_rmqueue */
take: atomic {
    d_step {
      was = off[c]; off[c] = 1; w = order[pc];
      if
      :: w == 0 && count[c] > LOW -> grant_hot()
      :: w == 0 && count[c] <= LOW -> left = BATCH; go = LOCKED_OUT
      :: else -> go = LOCKED_OUT
      fi
    };
    if :: go == LOCKED_OUT :: else -> follow() fi;
    d_step { zone_lock == 0 -> zone_lock = 1; remove_block() };
    if
    :: go == REMOVED -> goto removed :: go == NONE_HOT -> goto none_hot :: go == TOO_FEW -> goto too_few :: else -> follow()
    fi
  }
  /* nothing on the list, even after the refill: straight from the free lists, with interrupts on in between */
none_hot: atomic {
    d_step { zone_lock == 0 -> zone_lock = 1; was = off[c]; off[c] = 1; remove_block() };
    if :: go == REMOVED -> goto removed :: go == TOO_FEW -> goto too_few fi
  }
removed: atomic { d_step { nr_free[o]-- } };
  atomic {
    d_step { free_pages = free_pages - (1 << w); halved() };
    if
    :: go == HALVE -> goto halve :: go == REMOVED -> goto removed :: go == NONE_HOT -> goto none_hot :: else -> follow()
    fi
  }
halve: atomic {
    d_step { o--; add_block(o, x + (1 << o)); nr_free[o]++; halved() };
    if
    :: go == HALVE -> goto halve :: go == REMOVED -> goto removed :: go == NONE_HOT -> goto none_hot :: else -> follow()
    fi
  }

  /* The pass gave nothing: once, kswapd is woken and the reserves are tried; then that is all, as nobody may wait here. */
too_few: atomic {
    d_step {
      if
      :: slow -> assert(!(flags[pc] & WAITS)); value[variable[pc]] = NIL; slow = 0; operation_done()
      :: else -> slow = 1; look_at_free_pages(MARK_LOW, 0)
      fi
    };
    if :: go == TOO_FEW -> goto wake_order :: go == TAKE -> goto mark :: go == NR_FREE -> goto wake_mark :: else -> follow() fi
  }
  /* wakeup_kswapd */
wake_mark: atomic {
    d_step { look_at_nr_free() };
    if :: go == TOO_FEW -> goto wake_order :: go == TAKE -> goto mark :: go == NR_FREE -> goto wake_mark fi
  }
wake_order: atomic {
    d_step { go = (kswapd_max_order < order[pc]) };
    if :: go -> goto set_order :: else -> goto wake_up fi
  }
set_order: atomic { d_step { kswapd_max_order = order[pc] } };
wake_up: atomic { d_step { go = asleep_kswapd }; if :: go :: else -> goto mark fi };
  atomic { d_step { asleep_kswapd = 0 } };
  goto mark;

  /* --- A block that another program hands on: this one sleeps until it is there --- */

await: atomic { value[variable[pc]] != NOTHING; d_step { choose() }; follow() }

  /* --- __free_pages, get_page --- */

get: atomic { d_step { refs[value[variable[pc]] - 1]++; operation_done() }; follow() }

put: atomic {
    d_step {
      x = value[variable[pc]] - 1; assert(refs[x] > 0); refs[x]--;
      if
      :: refs[x] > 0 -> x = 0; operation_done()
      :: refs[x] == 0 && order[pc] == 0 -> go = PUT_HOT
      :: else -> go = PUT_BLOCK
      fi
    };
    if :: go == PUT_HOT -> goto put_hot :: go == PUT_BLOCK -> goto put_block :: else -> follow() fi
  }
put_hot: atomic {
    d_step {
      was = off[c]; off[c] = 1;
      if :: count[c] < HIGH -> put_head() :: else -> left = BATCH; go = LOCKED_OUT fi
    };
    if :: go == LOCKED_OUT :: else -> follow() fi;
    d_step { zone_lock == 0 -> zone_lock = 1; bulk = 1; next_of_bulk() };
    if :: go == ADD -> goto add :: else -> follow() fi
  }
drain: atomic {
    d_step { was = off[c]; off[c] = 1; left = count[c] };
    d_step { zone_lock == 0 -> zone_lock = 1; bulk = 1; next_of_bulk() };
    if :: go == ADD -> goto add :: else -> follow() fi
  }
put_block: atomic {
    d_step { was = off[c]; off[c] = 1; o = order[pc] };
    d_step { zone_lock == 0 -> zone_lock = 1 };
    goto add
  }

  /* __free_pages_bulk */
add: atomic {
    d_step { free_pages = free_pages + (1 << o); look_for_buddy() };
    if :: go == MERGE -> goto merge :: go == INSERT -> goto insert fi
  }
merge: atomic {
    d_step { nr_free[o]--; x = x & (x ^ (1 << o)); o++; look_for_buddy() };
    if :: go == MERGE -> goto merge :: go == INSERT -> goto insert fi
  }
insert: atomic {
    d_step {
      add_block(o, x); nr_free[o]++; o = 0; x = 0;
      if :: bulk -> next_of_bulk() :: else -> zone_lock = 0; off[c] = was; was = 0; operation_done() fi
    };
    if :: go == ADD -> goto add :: else -> follow() fi
  }

  /* --- kmap, kunmap: what kmap_lock guards, nobody looks at without it --- */

kmap: atomic {
    d_step { map_high(); if :: go -> operation_done() :: else -> go = LOCKED_OUT fi };
    if :: go == LOCKED_OUT -> goto sleep :: else -> follow() fi
  }
sleep: atomic { d_step { awake[me] -> awake[me] = 0 } };
  atomic { d_step { queued[me] = 0 } };
  goto kmap;

kunmap: atomic {
    d_step {
      slot_of(value[variable[pc]]); assert(i < SLOTS); users[i]--; assert(users[i] > 0);
      go = 0;
      if
      :: users[i] == 1 -> i = 0; do :: i < TASKS -> go = go | queued[i]; i++ :: else -> break od
      :: else
      fi;
      i = 0;
      if :: go -> go = LOCKED_OUT :: else -> operation_done() fi
    };
    if :: go == LOCKED_OUT -> goto wake_waiters :: else -> follow() fi
  }
wake_waiters: atomic {
    d_step {
      i = 0; do :: i < TASKS -> if :: queued[i] -> awake[i] = 1 :: else fi; i++ :: else -> break od;
      i = 0; operation_done()
    };
    follow()
  }

done: atomic {
    d_step {
      if :: interrupted > 0 -> stopped[interrupted] = 0; off[c] = 0 :: else fi;
      ended++
    }
  }
}

init {
  atomic { boot() };
  ended == TASKS && _nr_pr == 1;
  c_code { report(); }
}
