// Namespaces, links and sysctls.

import { linkKey, type Link, type LinkType } from '../../host/link'
import type { NetworkNamespace } from '../../host/namespace'
import { sysctlKey, type Sysctl } from '../../host/sysctl'
import { renderOwner } from '../../naming'
import { compareFields } from '../compare-fields'
import type { Changed, KindSpec } from '../host-diff'

const where = (netns: string): string => (netns === '' ? '' : ` in ${netns}`)

export const namespaceSpec: KindSpec<NetworkNamespace> = {
  key: (namespace) => namespace.name,
  label: (namespace) => `namespace ${namespace.name}`,
  isOurs: (namespace) => namespace.owner !== null,
  compare: (desired, observed) => compareFields([['owner', ownerText(desired), ownerText(observed)]]),
}

const ownerText = (resource: { readonly owner: Link['owner'] }): string | undefined =>
  resource.owner === null ? undefined : renderOwner(resource.owner)

/** Of the others any kind will do: a NIC may be a bond, a VLAN or whatever else came with the host. */
const MADE_TYPES: readonly LinkType[] = ['bridge', 'veth', 'vlan', 'vxlan', 'ovs-internal']

export const linkSpec: KindSpec<Link> = {
  key: linkKey,
  label: (link) => `${link.type === 'physical' ? 'NIC' : link.type} ${link.name}${where(link.netns)}`,
  isOurs: (link) => link.owner !== null,
  // The tap is libvirt's and the NIC is the machine's: both are looked at, neither is made here.
  isRequirement: (link) => link.type === 'physical' || link.type === 'tap',
  compare: (desired, observed) =>
    compareFields([
      ['owner', ownerText(desired), ownerText(observed)],
      ['type', MADE_TYPES.includes(desired.type) ? desired.type : undefined, observed.type],
      ['up', desired.isUp, observed.isUp],
      ['mtu', desired.mtu, observed.mtu],
      ['mac', desired.macAddress, observed.macAddress],
      ['promiscuous', desired.isPromiscuous, observed.isPromiscuous],
      ['master', desired.master, observed.master ?? null],
      ['tx checksum offload', desired.hasTxChecksumOffload, observed.hasTxChecksumOffload],
      ['peer', desired.peer && linkKey(desired.peer), observed.peer && linkKey(observed.peer)],
      ['nic', desired.uplink, observed.uplink],
      ['vlan', desired.vlan && printVlan(desired.vlan), observed.vlan && printVlan(observed.vlan)],
      ['vxlan', desired.vxlan && printVxlan(desired.vxlan), observed.vxlan && printVxlan(observed.vxlan)],
      ['forward_delay', desired.bridge?.forwardDelay, observed.bridge?.forwardDelay],
      ['stp_state', desired.bridge?.hasStp, observed.bridge?.hasStp],
      ['mcast_snooping', desired.bridge?.hasMulticastSnooping, observed.bridge?.hasMulticastSnooping],
      ['ageing_time', desired.bridge?.ageingTime, observed.bridge?.ageingTime],
    ]),
}

const printVlan = ({ lower, id }: NonNullable<Link['vlan']>): string => `${id} on ${lower}`
const printVxlan = ({ vni, local, port, lower }: NonNullable<Link['vxlan']>): string => `${vni} from ${local}:${port} by ${lower}`

const REMADE: readonly string[] = ['type', 'peer', 'vlan', 'vxlan']

/** A device of another kind, with another peer, VLAN or VNI than meant, cannot be mended: it is made anew. */
export const isRemade = ({ fields }: Changed<Link>): boolean => fields.some(({ field }) => REMADE.includes(field))

export const sysctlSpec: KindSpec<Sysctl> = {
  key: sysctlKey,
  label: (sysctl) => `sysctl ${sysctl.key}=${sysctl.value}${where(sysctl.netns)}`,
  // Settings vanish with their device; nothing is ever unset.
  isOurs: () => false,
  compare: (desired, observed) => compareFields([['value', desired.value, observed.value]]),
}
