// The rules of a network, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names, Limits } from '../../rule-values'
import type { NetworkType } from './network'

export interface NetworkRules {
  'mtu-maximum': { most: number; type: NetworkType }
  'physical-network-required': { type: NetworkType }
  'physical-network-forbidden': {}
  'segmentation-id-forbidden': {}
  'segment-fixed': {}
  'vlan-id-range': Limits
  'vni-range': { most: number }
  'flat-unique': { physicalNetwork: string; network: string }
  'vlan-id-unique': { vlan: number | null; physicalNetwork: string; network: string }
  'vni-unique': { vni: number | null; network: string }
  'vlan-ids-exhausted': { physicalNetwork: string; hasRanges: boolean }
  'vnis-exhausted': {}
  'network-external-in-use': { network: string; routers: Names }
  'network-external-floating-ips': { network: string; floatingIps: Names }
  'network-without-dhcp': {}
  'network-external-clusters': { network: string; clusters: Names }
  'network-without-ports': { network: string; users: Names }
}

export const networkViolations: Messages<NetworkRules> = {
  'mtu-maximum': ({ most, type }) =>
    `The MTU of this network is at most ${most}: ${type === 'vxlan' ? 'the underlay carries 1500 bytes and VXLAN over IPv4 adds 50' : 'its physical network carries no more'}.`,
  'physical-network-required': ({ type }) => `A ${type} network needs a physical network.`,
  'physical-network-forbidden': () => 'A VXLAN network has no physical network: it travels between the tunnel addresses of the hosts.',
  'segmentation-id-forbidden': () => 'A flat network is untagged and has no segmentation id.',
  'segment-fixed': () => 'Only the id of a VLAN network may be changed; make a new network for another VNI.',
  'vlan-id-range': ({ least, most }) => `A VLAN id is a whole number from ${least} to ${most}.`,
  'vni-range': ({ most }) => `A VNI is a whole number from 1 to ${most}.`,
  'network-without-dhcp': () => 'No subnet of the network has DHCP, so no host serves it.',
  'flat-unique': ({ physicalNetwork, network }) =>
    `Physical network ${quoted(physicalNetwork)} already carries the flat network ${quoted(network)}; there is one per physical network.`,
  'vlan-id-unique': ({ vlan, physicalNetwork, network }) =>
    `VLAN ${vlan} on physical network ${quoted(physicalNetwork)} is taken by network ${quoted(network)}.`,
  'vni-unique': ({ vni, network }) => `VNI ${vni} is taken by network ${quoted(network)}.`,
  'vlan-ids-exhausted': ({ physicalNetwork, hasRanges }) =>
    hasRanges
      ? `All VLAN ids in the ranges of physical network ${quoted(physicalNetwork)} are taken.`
      : `Physical network ${quoted(physicalNetwork)} has no VLAN range to choose from; name a VLAN id.`,
  'vnis-exhausted': () => 'All VNIs are taken.',
  'network-external-in-use': ({ network, routers }) =>
    `Network ${quoted(network)} stays external: routers lead out by it (${joinQuoted(routers)}).`,
  'network-external-clusters': ({ network, clusters }) =>
    `Gateway clusters lead out by network ${quoted(network)}: ${joinQuoted(clusters)}. It stays external.`,
  'network-external-floating-ips': ({ network, floatingIps }) =>
    `Network ${quoted(network)} stays external: it has floating IPs (${joinQuoted(floatingIps)}).`,
  'network-without-ports': ({ network, users }) => `Network ${quoted(network)} still has ports: ${joinQuoted(users)}.`,
}
