// Which rule of Neutron's pipelines drops a frame, and what that means to an operator. The same table explains a drop
// that is foreseen (a trace over the flows) and one that was counted (a drop counter that moved during a ping).
// Each row cites its signature in the reference, §18; table numbers and priorities: §6.2, §6.3, §7.

import type { Flow } from '../host/flow'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../naming'
import { type PathSide, innerVlan } from './path-side'

export interface Drop {
  readonly bridge: string
  readonly table: number
  /** null: no flow of the table matched. */
  readonly flow: Flow | null
}

/** What is known about the frame that was dropped. */
export interface DropContext {
  /** The side whose host dropped it. */
  readonly side: PathSide
  /** Where the frame came from: its port is the one that anti-spoofing judges. */
  readonly sender: PathSide
  /** Source address in the frame, as captured or as the design has it. */
  readonly senderIp: string | null
}

interface Row {
  /** Row of reference §18. */
  readonly signature: string
  readonly bridge: 'integration' | 'tunnel' | 'provider'
  readonly tables: readonly number[]
  readonly applies?: (flow: Flow | null) => boolean
  readonly why: (context: DropContext) => string
}

const isMiss = (flow: Flow | null) => flow === null
const isFrom = (prefix: string) => (flow: Flow | null) => flow?.match.includes(`in_port=${prefix}`) ?? false
const isDeadVlan = (flow: Flow | null) => flow?.match.includes('dl_vlan=4095') ?? false
const isPortDrop = (flow: Flow | null) => flow?.priority === 2 && isFrom('')(flow)

const rows: readonly Row[] = [
  { signature: 'ARP never answered, spoof drop', bridge: 'integration', tables: [24], why: spoofedAddress },
  { signature: 'MAC spoof', bridge: 'integration', tables: [25], applies: isMiss, why: spoofedMac },
  { signature: 'Dead VLAN 4095', bridge: 'integration', tables: [0], applies: isDeadVlan, why: () => 'the frame is in the dead VLAN 4095' },
  { signature: 'Provider drop in', bridge: 'integration', tables: [0], applies: isFrom('int-'), why: untranslatedVlan },
  { signature: 'Dead VLAN 4095', bridge: 'integration', tables: [0], applies: isPortDrop, why: () => 'the port was taken out of service' },
  { signature: 'Missing VXLAN peer, remote', bridge: 'tunnel', tables: [0], why: () => 'no flow knows the port the frame came from' },
  { signature: 'Network not on remote / VNI mismatch', bridge: 'tunnel', tables: [3, 4, 6], why: unknownVni },
  { signature: 'Missing VXLAN peer, local', bridge: 'tunnel', tables: [22], why: noFlood },
  { signature: 'Provider drop out', bridge: 'provider', tables: [0], why: untranslatedLocalVlan },
]

/** `br-int T24 drops, source address 10.0.5.9 is not the port's` */
export function explainDrop(drop: Drop, context: DropContext): string {
  const row = rows.find(
    ({ bridge, tables, applies }) =>
      bridge === bridgeRole(drop.bridge) && tables.includes(drop.table) && (applies?.(drop.flow) ?? true),
  )
  const fallback = drop.flow ? `its flow "${drop.flow.match || 'any'}" says so` : 'no flow of this table matches'
  return `${drop.bridge} T${drop.table} drops, ${row ? row.why(context) : fallback}`
}

function bridgeRole(bridge: string): Row['bridge'] {
  if (bridge === INTEGRATION_BRIDGE) return 'integration'
  return bridge === TUNNEL_BRIDGE ? 'tunnel' : 'provider'
}

function spoofedAddress({ sender: { port, endpoint }, senderIp }: DropContext): string {
  if (senderIp === null) return `the source address is not one that ${endpoint.label} may use`
  const isOwn = port.fixedIps.some(({ ipAddress }) => ipAddress === senderIp)
  return isOwn ? `no flow lets ARP from ${senderIp} pass` : `source address ${senderIp} is not the port's`
}

function spoofedMac({ sender: { port } }: DropContext): string {
  return `no flow lets source MAC ${port.macAddress} pass`
}

function untranslatedVlan({ side: { network, localVlan, host } }: DropContext): string {
  return `no flow turns ${wireVlan(network.segmentationId)} into local VLAN ${localVlan ?? '?'} on ${host.name}`
}

function untranslatedLocalVlan({ side }: DropContext): string {
  return `no flow turns local VLAN ${innerVlan(side) ?? '?'} into ${wireVlan(side.network.segmentationId)} on ${side.host.name}`
}

const wireVlan = (segmentationId: number | null) => (segmentationId === null ? 'untagged frames' : `VLAN ${segmentationId}`)

function unknownVni({ side: { network, host } }: DropContext): string {
  return `no flow turns VNI ${network.segmentationId} into a local VLAN on ${host.name}`
}

function noFlood({ side }: DropContext): string {
  return `no flow floods local VLAN ${innerVlan(side) ?? '?'} to the other hosts of its network on ${side.host.name}`
}
