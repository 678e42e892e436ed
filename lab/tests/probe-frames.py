# Sends raw frames from devices of network namespaces and tells what is seen there. One JSON request a line on standard input,
# {"netns", "device", "hex", "isForgotten"}, or {} to look on only; one JSON answer a line, [[netns, device, direction, hex], ...], with all
# that was seen since the last one. An answer comes once nothing was seen for a moment. What stacks believe of their neighbours after a
# frame that is to be forgotten, they are made to forget.
#   probe-frames.py QUIET_SECONDS PID       PID is a process in the root namespace of the host

import ctypes
import json
import os
import select
import socket
import subprocess
import sys

CLONE_NEWNET = 0x40000000
ETH_P_ALL = 0x0003
PACKET_OUTGOING = 4

libc = ctypes.CDLL(None, use_errno=True)
quiet_s, pid = float(sys.argv[1]), sys.argv[2]


def enter(netns):
    with open(f'/run/netns/{netns}' if netns else f'/proc/{pid}/ns/net') as file:
        if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f'setns {netns}')


places = {}
for netns in ['', *sorted(os.listdir('/run/netns'))]:
    enter(netns)
    for _, device in socket.if_nameindex():
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        sock.bind((device, 0))
        places[sock] = (netns, device)
enter('')
sockets = {place: sock for sock, place in places.items()}


def listen():
    found = []
    while True:
        ready, _, _ = select.select(list(places), [], [], quiet_s)
        if not ready:
            return found
        for sock in ready:
            data, address = sock.recvfrom(65535)
            found.append([*places[sock], 'out' if address[2] == PACKET_OUTGOING else 'in', data.hex()])


print('ready', flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request:
        sockets[(request['netns'], request['device'])].send(bytes.fromhex(request['hex']))
    seen = listen()
    if request.get('isForgotten'):
        for netns in ['', *sorted(os.listdir('/run/netns'))]:
            subprocess.run(['ip', *(['-n', netns] if netns else []), 'neigh', 'flush', 'all'], stderr=subprocess.DEVNULL, check=True)
    print(json.dumps(seen), flush=True)
