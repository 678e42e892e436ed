// What stands on a NIC: the bond or bridge that holds it, the Open vSwitch bridge that it is a port of, alone or in a bond, with the internal
// ports of that bridge and of those patched to it, and whatever holds these. All of it goes silent when the NIC is put elsewhere. A VLAN interface on the NIC does not: the kernel hands it its frames before it asks
// who holds the NIC (vlan_do_receive in __netif_receive_skb_core), which the networks of a Linux bridge host live by.

import type { HostState } from './host-state'
import { devicesOf, type OvsPort } from './ovs'

/** Packets of the device pass the NIC; the NIC carries itself. */
export function carries({ links, ovsPorts }: Pick<HostState, 'links' | 'ovsPorts'>, nic: string, device: string | null): boolean {
  const here = links.filter(({ netns }) => netns === '')
  const stack = new Set([nic])
  // What is added on the way is walked over, too.
  for (const name of stack) {
    const holders = here.filter((link) => link.name === name).flatMap(({ master }) => master ?? [])
    for (const above of [...holders, ...switchOf(ovsPorts, name)]) stack.add(above)
  }
  return device !== null && stack.has(device)
}

/** The bridge that has the device, and from a bridge its internal ports and what is patched to it. */
function switchOf(ports: readonly OvsPort[], name: string): readonly string[] {
  const holders = ports.filter((port) => port.name === name || devicesOf(port).includes(name)).map(({ bridge }) => bridge)
  const own = ports.filter(({ bridge }) => bridge === name)
  const internal = own.filter((port) => port.interface.type === 'internal').map((port) => port.name)
  const peers = own.flatMap((port) => (port.interface.type === 'patch' ? (port.interface.options['peer'] ?? []) : []))
  return [...holders, ...internal, ...ports.filter((port) => peers.includes(port.name)).map(({ bridge }) => bridge)]
}
