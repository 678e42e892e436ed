// A NIC that becomes a port of a bridge loses its addresses' use (reference §14), and with them perhaps our own session; and it can
// be a port of one bridge only.

import type { HostDiff } from '../diff/host-diff'
import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import { carries } from '../host/link-stack'
import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/topology'
import type { Block } from './blocked'
import type { Blocked } from './plan'

export function busyNics(host: Host, desired: HostState, diff: HostDiff, { state, facts }: HostObservation, block: Block): Blocked[] {
  return enslavedNics(desired, diff, state).flatMap(({ nic, isForLinuxBridge }) => {
    if (carries(state, nic.name, facts.sshLink)) {
      const way = facts.sshLink === nic.name ? '' : `, by ${facts.sshLink}`
      return [block('nic_carries_ssh', nic.name, `${nic.name} carries this SSH session${way}. Manage the host through another NIC first.`)]
    }
    const holder = (isForLinuxBridge ? foreignSwitch(nic, diff, state) : null) ?? foreignMaster(nic, state)
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

function enslavedNics(desired: HostState, diff: HostDiff, { links }: HostState): EnslavedNic[] {
  // What the design calls a NIC may be a bond or whatever else came with the host.
  const required = new Set(desired.links.filter(({ type }) => type === 'physical').map(({ name }) => name))
  const forOpenVswitch = new Set(diff.ovsPorts.added.filter(({ name }) => required.has(name)).map(({ name }) => name))
  const forLinuxBridge = diff.links.changed.filter(({ to, fields }) => to.type === 'physical' && to.master && fields.some(({ field }) => field === 'master'))
  return [
    ...links.filter((nic) => nic.netns === '' && forOpenVswitch.has(nic.name)).map((nic) => ({ nic, isForLinuxBridge: false })),
    ...forLinuxBridge.map(({ from }) => ({ nic: from, isForLinuxBridge: true })),
  ]
}

/** The Open vSwitch bridge that keeps the NIC. Where the new holder is one too, it is named with the port (blocked.ts). */
function foreignSwitch({ name }: Link, diff: HostDiff, { ovsPorts }: HostState): string | null {
  const port = ovsPorts.find((each) => each.name === name)
  return port && !diff.ovsPorts.removed.includes(port) ? port.bridge : null
}

/** Bridge or bond that has the NIC and is not ours to change. Ports of Open vSwitch show its datapath as master. */
function foreignMaster({ master }: Link, { links }: HostState): string | null {
  const holder = master && master !== 'ovs-system' ? links.find((link) => link.netns === '' && link.name === master) : undefined
  return holder && holder.owner === null ? holder.name : null
}
