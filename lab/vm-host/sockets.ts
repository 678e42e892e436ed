// Where a VM host's NICs meet the lab's cables. A cable ends in the host's node as a veth; a tap of QEMU is joined to it by
// a bridge that knows nothing and therefore passes everything on: a wall socket.

import { must } from '../run'
import type { CableSpec } from '../topology'
import { cablesOf } from '../topology'
import { enter, type Keeper } from '../node/keeper'
import { silence, type Link } from '../node/cabling'

export const tapOf = ({ nic }: CableSpec): string => `tap-${nic}`
const bridgeOf = ({ nic }: CableSpec): string => `in-${nic}`

/** The lines for `ip -batch` that join what is not joined yet. */
export function socketLines(cables: readonly CableSpec[], present: readonly Link[]): readonly string[] {
  const find = (name: string): Link | undefined => present.find((link) => link.name === name)
  return cables.flatMap((cable) => {
    const [tap, bridge] = [tapOf(cable), bridgeOf(cable)]
    return [
      // Remembers no addresses, so that it can never be wrong about where a host is.
      ...(find(bridge) === undefined
        ? [
            `link add ${bridge} type bridge stp_state 0 mcast_snooping 0 forward_delay 0 ageing_time 0`,
            `link set ${bridge} addrgenmode none`,
          ]
        : []),
      ...(find(tap) === undefined ? [`tuntap add dev ${tap} mode tap`, `link set ${tap} addrgenmode none`] : []),
      ...[tap, cable.nic].filter((name) => find(name)?.master !== bridge).map((name) => `link set ${name} master ${bridge} up`),
      ...(find(bridge)?.isUp === true ? [] : [`link set ${bridge} up`]),
    ]
  })
}

export async function ensureSockets(keeper: Keeper, present: readonly Link[]): Promise<void> {
  const lines = socketLines(cablesOf(keeper.node), present)
  if (lines.length === 0) return
  await silence(keeper)
  await must(enter(keeper, ['ip', '-batch', '-']), { stdin: `${lines.join('\n')}\n` })
}

export function findSocketProblems(node: string, present: readonly Link[]): readonly string[] {
  return socketLines(cablesOf(node), present).length === 0 ? [] : ['a NIC of the machine is not joined to its cable']
}
