package org.example;

import dev.gaugeblock.junit.LitmusTests;

/** Every interleaving of two CPUs that want the one frame there is; and a test that is shipped. */
@LitmusTests(
        subject = "org.example.FirstFit",
        value = "exhaustion",
        text = """
                litmus one-frame
                "Two CPUs, and one frame."
                machine
                    cpus 2
                    zone DMA 1
                cpu 0
                    p = alloc ATOMIC 0
                cpu 1
                    q = alloc ATOMIC 0
                """)
class FirstFitTest {}
