// What stands on a NIC: the bond or bridge that holds it, the Open vSwitch bridge that it is a port of, VLAN interfaces on it, and
// whatever stands on these. All of it goes silent when the NIC is put elsewhere.

import type { HostState } from './host-state'

/** Packets of the device pass the NIC; the NIC carries itself. */
export function carries({ links, ovsPorts }: Pick<HostState, 'links' | 'ovsPorts'>, nic: string, device: string | null): boolean {
  const here = links.filter(({ netns }) => netns === '')
  const stack = new Set([nic])
  // What is added on the way is walked over, too.
  for (const name of stack) {
    const holders = here.filter((link) => link.name === name).flatMap(({ master }) => master ?? [])
    const vlans = here.filter(({ vlan }) => vlan?.lower === name)
    const bridges = ovsPorts.filter((port) => port.name === name)
    for (const above of [...holders, ...vlans.map((link) => link.name), ...bridges.map(({ bridge }) => bridge)]) stack.add(above)
  }
  return device !== null && stack.has(device)
}
