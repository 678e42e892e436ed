// Writing flows: text in ovs-ofctl's own syntax goes through the same canonicaliser as dumps do, so that what we write and
// what comes back are equal strings; as in a dump, each term and each list of actions is decoded once. Constants are the table numbers of
// Neutron's pipeline (26.0.0; docs/reference/integration-bridge.md, tunnel-bridge.md).

import type { Flow } from '../../host/flow'
import { invariant } from '../../invariant'
import { cookieOf, type Owner } from '../../naming'
import { oncePer } from '../../once-per'
import { canonicalFlow, type FlowContext, flowContext, quickFlow } from '../../parse/openflow/canonical-flow'
import { noPortNames } from '../../parse/openflow/port-name'
import type { HostScope } from '../scope'

/** br-int tables (neutron-lib, plugins/ml2/ovs_constants.py). */
export const INT = {
  local: 0,
  /** Frames that a distributed router on another host has routed: from a tunnel, from a provider bridge. */
  routedTunnel: 1,
  routedProvider: 2,
  /** Frames for the DVR MAC of this host. */
  toRouter: 3,
  canary: 23,
  arpSpoof: 24,
  macSpoof: 25,
  localEgress: 30,
  localIp: 31,
  packetRate: 58,
  bandwidth: 59,
  transient: 60,
  acceptedIngress: 62,
} as const

/** br-tun tables. */
export const TUN = {
  local: 0,
  /** What distributed routers of this host send out. */
  routed: 1,
  patch: 2,
  gre: 3,
  vxlan: 4,
  geneve: 6,
  /** What those of other hosts have sent is not learned from. */
  notLearned: 9,
  learn: 10,
  unicast: 20,
  arpResponder: 21,
  flood: 22,
} as const

/** OFPVID_PRESENT: the bit that OpenFlow 1.2+ sets in vlan_vid when a tag is there. */
const VLAN_PRESENT = 0x1000

export const setVlan = (vlan: number): string => `set_field:${VLAN_PRESENT + vlan}->vlan_vid`
export const pushVlan = (vlan: number): string => `push_vlan:0x8100,${setVlan(vlan)}`
/** Tables of a provider bridge while distributed routers have a network on it. */
export const PHY = { local: 0, routed: 1, translate: 2, fromWire: 3 } as const

export const setTunnel = (vni: number): string => `set_field:0x${vni.toString(16)}->tun_id`
export const setSource = (mac: string): string => `set_field:${mac}->eth_src`
export const setDestination = (mac: string): string => `set_field:${mac}->eth_dst`
export const goto = (table: number): string => `resubmit(,${table})`

export interface FlowText {
  readonly table: number
  readonly priority: number
  readonly match?: string
  readonly actions: string
}

export type FlowWriter = (text: FlowText) => Flow

/** A maker of flows for one bridge on behalf of one owner. */
export function flowWriter(scope: HostScope, bridge: string, owner: Owner): FlowWriter {
  const [terms, cookie] = [termsOf(scope), cookieOf(owner)]
  return ({ table, priority, match, actions }) => {
    const text = `priority=${priority}${match ? `,${match}` : ''} actions=${actions}`
    const flow = quickFlow(terms, text, bridge) ?? readWithCare(text, bridge)
    return { ...flow, table, cookie, owner }
  }
}

function readWithCare(text: string, bridge: string): Flow {
  const parsed = canonicalFlow(text, bridge)
  invariant(parsed.ok, `own flow does not parse: ${text}`)
  return parsed.value
}

/** What was decoded while a host is compiled. */
const termsOf = oncePer<HostScope, FlowContext>(() => flowContext(noPortNames))
