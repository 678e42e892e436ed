// What stands on a NIC: the bond or bridge that holds it, the Open vSwitch bridge that it is a port of, and whatever holds these. All of
// it goes silent when the NIC is put elsewhere. A VLAN interface on the NIC does not: the kernel hands it its frames before it asks
// who holds the NIC (vlan_do_receive in __netif_receive_skb_core), which the networks of a Linux bridge host live by.

import type { HostState } from './host-state'

/** Packets of the device pass the NIC; the NIC carries itself. */
export function carries({ links, ovsPorts }: Pick<HostState, 'links' | 'ovsPorts'>, nic: string, device: string | null): boolean {
  const here = links.filter(({ netns }) => netns === '')
  const stack = new Set([nic])
  // What is added on the way is walked over, too.
  for (const name of stack) {
    const holders = here.filter((link) => link.name === name).flatMap(({ master }) => master ?? [])
    const bridges = ovsPorts.filter((port) => port.name === name)
    for (const above of [...holders, ...bridges.map(({ bridge }) => bridge)]) stack.add(above)
  }
  return device !== null && stack.has(device)
}
