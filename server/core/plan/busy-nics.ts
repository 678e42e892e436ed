// A NIC that becomes a port of a bridge loses its addresses' use (docs/reference/provider-bridge.md), and with them perhaps our own
// session; and it can be a port of one bridge only.

import type { HostDiff } from '../diff/kind-diff'
import type { HostState } from '../host/host-state'
import { KERNEL_DATAPATH, type Link } from '../host/link'
import { carries } from '../host/link-stack'
import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/kinds/host/host'
import type { Holder, Blocked } from './plan-params'
import { block, linkSubject } from './subjects'

export function busyNics(host: Host, desired: HostState, diff: HostDiff, { state, facts }: HostObservation): Blocked[] {
  return enslavedNics(desired, diff, state).flatMap(({ nic, isForLinuxBridge }) => {
    if (carries(state, nic.name, facts.sshLink)) {
      return [
        block(linkSubject(nic), {
          code: 'nic-carries-ssh',
          params: { host: host.name, by: facts.sshLink === nic.name ? null : facts.sshLink },
        }),
      ]
    }
    const holder = foreignBond(nic, state) ?? (isForLinuxBridge ? foreignSwitch(nic, diff, state) : null) ?? foreignMaster(nic, state)
    if (holder !== null) return [block(linkSubject(nic), { code: 'nic-taken', params: { host: host.name, holder } })]
    const addresses = state.addresses
      .filter((address) => address.netns === '' && address.link === nic.name && address.scope !== 'link')
      .map(({ cidr }) => cidr)
    return addresses.length === 0 ? [] : [block(linkSubject(nic), { code: 'nic-has-address', params: { host: host.name, addresses } })]
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
  const forLinuxBridge = diff.links.changed.filter(
    ({ to, fields }) => to.type === 'physical' && to.master && fields.some(({ field }) => field === 'master'),
  )
  return [
    ...links.filter((nic) => nic.netns === '' && forOpenVswitch.has(nic.name)).map((nic) => ({ nic, isForLinuxBridge: false })),
    ...forLinuxBridge.map(({ from }) => ({ nic: from, isForLinuxBridge: true })),
  ]
}

/** The Open vSwitch bridge that keeps the NIC. Where the new holder is one too, it is named with the port (blocked.ts). */
function foreignSwitch({ name }: Link, diff: HostDiff, { ovsPorts }: HostState): Holder | null {
  const port = ovsPorts.find((each) => each.name === name)
  return port && !diff.ovsPorts.removed.includes(port) ? { code: 'bridge', params: { name: port.bridge } } : null
}

/** We make no bonds of Open vSwitch: whoever made this one has its members. */
function foreignBond({ name }: Link, { ovsPorts }: HostState): Holder | null {
  const bond = ovsPorts.find(({ members = [] }) => members.some((member) => member.name === name))
  return bond ? { code: 'bond', params: { name: bond.name, bridge: bond.bridge } } : null
}

/** Bridge or bond that has the NIC and is not ours to change. Ports of Open vSwitch show its datapath as master. */
function foreignMaster({ master }: Link, { links }: HostState): Holder | null {
  if (!master || master === KERNEL_DATAPATH) return null
  const holder = links.find((link) => link.netns === '' && link.name === master)
  return holder && holder.owner !== null ? null : { code: 'bridge', params: { name: master } }
}
