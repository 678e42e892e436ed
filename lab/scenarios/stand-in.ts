// A namespace in place of a guest, for a host that is emulated itself: a kernel that boots in an emulator inside an emulator takes
// many minutes of a whole core. It is plugged into the bridge of the VM's tap, has the MAC address of its port, and gets its address by DHCP;
// everything beyond the tap is the console's work and the same as for a guest. The VM runs, with nothing to boot.

import { must } from '../run'

/** What an inner VM has as its disk: any small file that a BIOS finds nothing to start on. */
export const NOTHING_TO_BOOT = '/var/lib/tapline-guest/vmlinuz'

export interface StandIn {
  /** On 127.0.0.1, leading to the host's sshd. */
  readonly sshPort: number
  readonly privateKeyPath: string
  /** Bridge of the VM's tap. */
  readonly qbr: string
  readonly macAddress: string
}

/** A host of the story's own making, entered by its loopback port: there is no key to compare with. */
const options = ['-F', 'none', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
/** By this very name: it takes another one for the applet that is asked for. */
const BUSYBOX = '/run/busybox'
const TIMEOUT_MS = 180_000

/** Arguments: bridge, MAC address. udhcpc calls the script with what it was given in its environment. */
const PLUG = `set -e
printf '#!/bin/sh\\n[ "$1" = bound ] && ip address add "$ip/\${mask:-24}" dev "$interface"\\nexit 0\\n' >/run/stand-in-dhcp
chmod +x /run/stand-in-dhcp ${BUSYBOX}
ip netns add stand-in
ip link add stand-in type veth peer name eth0 netns stand-in
ip -n stand-in link set eth0 address "$2" up
ip link set stand-in master "$1" up
ip netns exec stand-in ${BUSYBOX} udhcpc -i eth0 -n -q -f -t 20 -T 3 -s /run/stand-in-dhcp
ip -n stand-in -o -4 address show dev eth0`

/** Gives what its interface looks like; fails when it gets no lease. */
export async function plugStandIn({ sshPort, privateKeyPath, qbr, macAddress }: StandIn): Promise<string> {
  const target = ['-i', privateKeyPath, ...options]
  await must(['scp', '-P', String(sshPort), ...target, '/bin/busybox', `root@127.0.0.1:${BUSYBOX}`], { timeoutMs: TIMEOUT_MS })
  return must(['ssh', '-p', String(sshPort), ...target, 'root@127.0.0.1', `sh -s -- ${qbr} ${macAddress}`], { stdin: PLUG, timeoutMs: TIMEOUT_MS })
}

export async function unplugStandIn({ sshPort, privateKeyPath }: StandIn): Promise<void> {
  await must(['ssh', '-p', String(sshPort), '-i', privateKeyPath, ...options, 'root@127.0.0.1', 'ip netns delete stand-in'], { timeoutMs: TIMEOUT_MS })
}
