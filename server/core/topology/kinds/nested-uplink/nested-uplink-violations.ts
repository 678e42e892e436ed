// The rules of a nested uplink, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'

export interface NestedUplinkRules {
  'uplink-unique': { vm: string; physicalNetwork: string }
  'uplink-openvswitch': { host: string; uplink: string }
  'uplink-mapping': { host: string; physicalNetwork: string; uplink: string }
  'uplink-device': { device: string; host: string; uplink: string }
  'uplink-unused': { host: string; bridges: Names }
}

export const nestedUplinkViolations: Messages<NestedUplinkRules> = {
  'uplink-unique': ({ vm, physicalNetwork }) =>
    `VM ${quoted(vm)} has a nested uplink to ${quoted(physicalNetwork)} already; one carries all VLANs.`,
  'uplink-openvswitch': ({ host, uplink }) =>
    `Host ${quoted(host)} has the Linux bridge agent, and so no provider bridge that ${uplink} could be plugged into.`,
  'uplink-mapping': ({ host, physicalNetwork, uplink }) =>
    `Host ${quoted(host)} needs a bridge for ${quoted(physicalNetwork)}: ${uplink} is plugged into it.`,
  'uplink-device': ({ device, host, uplink }) => `${device} on host ${quoted(host)} is a device of ${uplink} already; choose another name.`,
  'uplink-unused': ({ host, bridges }) =>
    `Host ${quoted(host)} reaches its wire through this uplink, by ${bridges.join(' and ')}. Take that mapping away first.`,
}
