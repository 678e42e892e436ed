"""Asks the ovs-vswitchd of this host many things at once, as ovs-appctl asks one (unixctl, JSON-RPC), over one connection.

Requests go out without waiting for answers. Standard input: a JSON list of [method, [argument, ...]]. Standard output: {"answers": [...],
"cpuSeconds": ...}, which is what the thread that answered used of a processor meanwhile: nothing of ours, and nothing of who else runs.
"""
import json
import os
import socket
import sys
import threading

with open("/run/openvswitch/ovs-vswitchd.pid") as file:
    pid = file.read().strip()
switch = socket.socket(socket.AF_UNIX)
switch.connect(f"/run/openvswitch/ovs-vswitchd.{pid}.ctl")


def cpu_seconds():
    # utime and stime of the main thread (proc(5)), which holds the control socket.
    with open(f"/proc/{pid}/task/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


asked = json.load(sys.stdin)
requests = "".join(json.dumps({"id": number, "method": method, "params": params}) for number, (method, params) in enumerate(asked)).encode()

# Within a JSON string the quotes would be escaped, so this begins an answer and nothing else.
MARK = b'"id":'

started = cpu_seconds()
threading.Thread(target=switch.sendall, args=(requests,), daemon=True).start()
chunks, tail, begun, last = [], b"", 0, b""
while begun < len(asked) or not last.endswith(b"}"):
    chunk = switch.recv(1 << 20)
    if not chunk:
        sys.exit("ovs-vswitchd closed the connection")
    chunks.append(chunk)
    begun += (tail + chunk).count(MARK)
    tail, last = (tail + chunk)[1 - len(MARK):], chunk
used = cpu_seconds() - started

text, at, answers = b"".join(chunks).decode(), 0, {}
while at < len(text):
    answer, at = json.JSONDecoder().raw_decode(text, at)
    answers[answer["id"]] = answer["result"] if answer["error"] is None else answer["error"]
json.dump({"answers": [answers[number] for number in range(len(asked))], "cpuSeconds": used}, sys.stdout)
