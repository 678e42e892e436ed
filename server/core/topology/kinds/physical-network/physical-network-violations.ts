// The rules of a physical network, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names, Limits } from '../../rule-values'
import type { VlanRange } from './physical-network'

export interface PhysicalNetworkRules {
  'mtu-carries-networks': { mtu: number; networks: Names }
  'vlan-range': Limits
  'vlan-range-order': { range: VlanRange }
  'vlan-range-overlap': { earlier: VlanRange; range: VlanRange }
  'mac-base-form': {}
  'carrier-ring': { physicalNetwork: string; chain: Names }
  'carrier-mtu': { carried: string; mtu: number; carrier: string; carries: number }
  /** `carrier`: null where the physical network says none. */
  'inner-wire': { host: string; vm: string; physicalNetwork: string; carrier: string | null }
  'physical-network-unused': { physicalNetwork: string; users: Names }
  'physical-network-carries': { physicalNetwork: string; users: Names }
  'physical-network-unmapped': { physicalNetwork: string; users: Names }
}

const ofRange = ({ min, max }: VlanRange): string => `${min}–${max}`

export const physicalNetworkViolations: Messages<PhysicalNetworkRules> = {
  'mtu-carries-networks': ({ mtu, networks }) => `An MTU of ${mtu} is less than networks on it have: ${joinQuoted(networks)}.`,
  'vlan-range': ({ least, most }) => `VLAN ids go from ${least} to ${most}.`,
  'vlan-range-order': ({ range: { min, max } }) => `The VLAN range ${min} to ${max} runs backwards.`,
  'vlan-range-overlap': ({ earlier, range }) => `The VLAN ranges ${ofRange(earlier)} and ${ofRange(range)} overlap.`,
  'mac-base-form': () => 'A MAC base is the first three octets of unicast addresses, such as fa:16:40.',
  'carrier-ring': ({ physicalNetwork, chain }) => `${quoted(physicalNetwork)} cannot travel on its own wire: ${chain.join(' → ')}.`,
  'carrier-mtu': ({ carried, mtu, carrier, carries }) =>
    `${quoted(carried)} has MTU ${mtu} and travels on the wire of ${quoted(carrier)}, which carries ${carries}.`,
  'inner-wire': ({ host, vm, physicalNetwork, carrier }) =>
    carrier === null
      ? `Host ${quoted(host)} is VM ${quoted(vm)}: say on whose wire ${quoted(physicalNetwork)} travels before a bridge is mapped to it.`
      : `Host ${quoted(host)} is VM ${quoted(vm)}, which has no nested uplink to ${quoted(carrier)}, on whose wire ${quoted(physicalNetwork)} travels.`,
  'physical-network-unused': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} still carries networks: ${joinQuoted(users)}.`,
  'physical-network-carries': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} still carries: ${joinQuoted(users)}.`,
  'physical-network-unmapped': ({ physicalNetwork, users }) =>
    `Physical network ${quoted(physicalNetwork)} is still mapped to a bridge on hosts: ${joinQuoted(users)}.`,
}
