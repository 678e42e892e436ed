# The rival of bench/observe.ts: Open vSwitch's own parser of flows over the lines on standard input. Prints milliseconds and flows.
# Its table of keys spells one of them n_packet (ovs/flow/ofp.py, 3.1), so that key is given to it before the clock starts.
import sys
import time

from ovs.flow.ofp import OFPFlow

lines = [line.replace("n_packets=", "n_packet=") for line in sys.stdin.read().split("\n") if "actions=" in line]
start = time.perf_counter()
flows = [OFPFlow(line) for line in lines]
print((time.perf_counter() - start) * 1000, len(flows))
