// A NIC that becomes a port of a bridge loses its addresses' use (reference §14), and with them perhaps our own session; and it can
// be a port of one bridge only.

import type { HostDiff } from '../diff/host-diff'
import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/topology'
import type { Block } from './blocked'
import type { Blocked } from './plan'

export function busyNics(host: Host, diff: HostDiff, { state, facts }: HostObservation, block: Block): Blocked[] {
  return enslavedNics(diff, state).flatMap(({ nic, isForLinuxBridge }) => {
    if (facts.sshLink === nic.name) {
      return [block('nic_carries_ssh', nic.name, `${nic.name} carries this SSH session. Manage the host through another NIC first.`)]
    }
    const holder = isForLinuxBridge ? foreignHolder(nic, diff, state) : null
    if (holder !== null) {
      return [block('foreign_in_the_way', nic.name, `${nic.name} is a port of ${holder}, which is not ours, and a NIC is in one bridge only. Take it out there, or map another NIC.`)]
    }
    const addresses = state.addresses.filter((address) => address.netns === '' && address.link === nic.name && address.scope !== 'link')
    if (addresses.length === 0) return []
    const list = addresses.map((address) => address.cidr).join(', ')
    return [block('nic_has_address', nic.name, `${nic.name} has the address ${list}, which stops working once the NIC is a bridge port of ${host.name}. Remove or move it first.`)]
  })
}

interface EnslavedNic {
  readonly nic: Link
  readonly isForLinuxBridge: boolean
}

function enslavedNics(diff: HostDiff, { links }: HostState): EnslavedNic[] {
  const forOpenVswitch = new Set(diff.ovsPorts.added.filter((port) => port.interface.type === '').map((port) => port.name))
  const forLinuxBridge = diff.links.changed.filter(({ to, fields }) => to.type === 'physical' && to.master && fields.some(({ field }) => field === 'master'))
  return [
    ...links.filter((nic) => nic.netns === '' && nic.type === 'physical' && forOpenVswitch.has(nic.name)).map((nic) => ({ nic, isForLinuxBridge: false })),
    ...forLinuxBridge.map(({ from }) => ({ nic: from, isForLinuxBridge: true })),
  ]
}

/** Bridge, bond or Open vSwitch bridge that has the NIC and is not ours to change. */
function foreignHolder({ name, master }: Link, diff: HostDiff, { links, ovsPorts }: HostState): string | null {
  const port = ovsPorts.find((each) => each.name === name)
  if (port) return diff.ovsPorts.removed.includes(port) ? null : port.bridge
  const holder = master ? links.find((link) => link.netns === '' && link.name === master) : undefined
  return holder && holder.owner === null ? holder.name : null
}
