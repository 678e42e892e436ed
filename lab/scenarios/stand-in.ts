// A namespace in place of a guest, for a host that is emulated itself: a kernel that boots in an emulator inside an emulator takes
// many minutes of a whole core. The VM runs, its processor halted (guest/halt-kernel.ts), and the stand-in sits behind its tap: what
// the host sends to the tap is copied to it, what it sends comes out of the tap. It has the MAC addresses of the VM's ports, on VLAN interfaces those of a
// trunk's subports, and gets its addresses by DHCP; from the tap on everything is the console's work and the same as for a guest.

import { labExec } from '../lab'

/** Its network namespace on the host. */
export const STAND_IN = 'stand-in'

export interface StandIn {
  readonly lab: string
  /** A VM host. */
  readonly host: string
  /** Of the VM. */
  readonly tap: string
  readonly macAddress: string
  /** Of a trunk. */
  readonly subPorts?: readonly StandInSubPort[]
}

export interface StandInSubPort {
  readonly vlan: number
  readonly macAddress: string
}

const TIMEOUT_MS = 180_000

/** $1: an interface. udhcpc calls the script with what it was given in its environment. */
const LEASE = `lease() { ip netns exec ${STAND_IN} busybox udhcpc -i "$1" -n -q -f -t 20 -T 3 -s /run/stand-in-dhcp; }`

/** Arguments: VLAN and MAC address of a subport. */
const ADD_SUB_PORT = `add_sub_port() {
  ip -n ${STAND_IN} link add link eth0 name "eth0.$1" address "$2" up type vlan id "$1"
  lease "eth0.$1"
}`

/**
 * Arguments: tap, MAC address, then VLAN and MAC address of each subport. Copied, not moved, towards the stand-in: a frame that goes on
 * to the tap is seen there by a capture; the VM, which listens to nothing, drops it.
 */
const PLUG = `set -e
${LEASE}
${ADD_SUB_PORT}
printf '#!/bin/sh\\n[ "$1" = bound ] && ip address add "$ip/\${mask:-24}" dev "$interface"\\nexit 0\\n' >/run/stand-in-dhcp
chmod +x /run/stand-in-dhcp
ip netns add ${STAND_IN}
ip link add stand-in type veth peer name eth0 netns ${STAND_IN}
ip -n ${STAND_IN} link set eth0 address "$2" up
ip link set stand-in up
tc qdisc add dev "$1" clsact
tc filter add dev "$1" egress matchall action mirred egress mirror dev stand-in
tc qdisc add dev stand-in clsact
tc filter add dev stand-in ingress matchall action mirred ingress redirect dev "$1"
shift 2
lease eth0
while [ $# -gt 0 ]; do add_sub_port "$1" "$2"; shift 2; done
ip -n ${STAND_IN} -o -4 address show`

const PLUG_SUB_PORT = `set -e
${LEASE}
${ADD_SUB_PORT}
add_sub_port "$1" "$2"`

async function script({ lab, host }: StandIn, text: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, ['sh', '-s', '--', ...args], { stdin: text, timeoutMs: TIMEOUT_MS })
  if (code !== 0) throw new Error(`stand-in on ${host}: ${stdout}${stderr}`)
  return stdout
}

/** Gives what its interfaces look like; fails when one of them gets no lease. */
export const plugStandIn = (standIn: StandIn): Promise<string> =>
  script(standIn, PLUG, [standIn.tap, standIn.macAddress, ...(standIn.subPorts ?? []).flatMap(argumentsOf)])

/** One more VLAN interface of a stand-in that is there. */
export const plugSubPort = (standIn: StandIn, subPort: StandInSubPort): Promise<string> =>
  script(standIn, PLUG_SUB_PORT, argumentsOf(subPort))

const argumentsOf = ({ vlan, macAddress }: StandInSubPort): readonly string[] => [String(vlan), macAddress]

export const unplugStandIn = (standIn: StandIn): Promise<string> =>
  script(standIn, `ip netns delete ${STAND_IN}; tc qdisc del dev "$1" clsact || true`, [standIn.tap])
