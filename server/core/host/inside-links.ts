// Devices as the host view shows them, joined with addresses, OVS ports and VMs.

import type { HostState } from './host-state'
import type { InsideCounters, InsideLink } from './inside-types'
import { KERNEL_DATAPATH, type Link, linkKey } from './link'
import { devicesOf } from './ovs'

export interface LinkView {
  readonly all: readonly InsideLink[]
  /** Link id of a device that stands for an OVS port or a VM's NIC; null when there is none. */
  findId(name: string): string | null
}

export function makeLinkView(state: HostState): LinkView {
  const all = state.links.map((link) => describeLink(state, link))
  return {
    all,
    // An internal port keeps its name when it is moved into a namespace, so a name may be there more than once: the root
    // namespace is asked first, since that is where Open vSwitch and libvirt put devices.
    findId: (name) => {
      const named = all.filter((link) => link.name === name)
      return (named.find((link) => link.netns === '') ?? named[0])?.id ?? null
    },
  }
}

function describeLink(state: HostState, link: Link): InsideLink {
  const { netns, name, type, owner } = link
  return {
    id: linkKey(link),
    netns,
    name,
    type,
    kind: link.observed?.kind ?? '',
    owner,
    isOurs: owner !== null || isOurOvsPort(state, name),
    isUp: link.isUp ?? false,
    operState: link.observed?.operState ?? 'unknown',
    mtu: link.mtu ?? null,
    macAddress: link.macAddress ?? null,
    master: link.master === KERNEL_DATAPATH ? null : (link.master ?? null),
    peer: link.peer ? linkKey(link.peer) : null,
    addresses: state.addresses.filter((address) => address.netns === netns && address.link === name).map((address) => address.cidr),
    counters: countersOf(link),
    ovsPort: findOvsPort(state, link),
    domain: state.domains.find((domain) => domain.interfaces.some((nic) => nic.target === name))?.uuid ?? null,
  }
}

/** Internal ports are made by Open vSwitch: the mark is on the port. */
function isOurOvsPort(state: HostState, name: string): boolean {
  return state.ovsPorts.some((port) => port.name === name && port.owner !== null)
}

function findOvsPort(state: HostState, link: Link): InsideLink['ovsPort'] {
  const port = state.ovsPorts.find((each) => devicesOf(each).includes(link.name) && each.interface.type !== 'patch')
  const isMovable = link.type === 'ovs-internal' || link.netns === ''
  return port && isMovable ? { bridge: port.bridge, name: port.name, tag: port.tag } : null
}

function countersOf({ observed }: Link): InsideCounters | null {
  if (!observed) return null
  const { rxPackets, txPackets, rxDropped, txDropped } = observed
  return { rxPackets, txPackets, rxDropped, txDropped }
}
