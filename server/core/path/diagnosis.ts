// Which rule of Neutron's pipelines drops a frame, and what that means to an operator. The same table explains a drop
// that is foreseen (a trace over the flows) and one that was counted (a drop counter that moved during a ping).
// Above each row stands what docs/reference/faults.md calls it; table numbers and priorities: integration-bridge.md, provider-bridge.md and
// tunnel-bridge.md there.

import type { Coded } from '../finding'
import type { Flow } from '../host/flow'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../naming'
import type { Drop, DropParams } from './drop-params'
import { type PathSide, innerVlan } from './path-side'

type DroppingFlow = Pick<Flow, 'priority' | 'match'>

export interface FoundDrop {
  readonly bridge: string
  readonly table: number
  /** null: no flow of the table matched. */
  readonly flow: DroppingFlow | null
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
  readonly bridge: 'integration' | 'tunnel' | 'provider'
  readonly tables: readonly number[]
  readonly applies?: (flow: DroppingFlow | null) => boolean
  readonly why: (context: DropContext) => Coded<DropParams>
}

const isMiss = (flow: DroppingFlow | null) => flow === null
const isFrom = (prefix: string) => (flow: DroppingFlow | null) => flow?.match.includes(`in_port=${prefix}`) ?? false
const isDeadVlan = (flow: DroppingFlow | null) => flow?.match.includes('dl_vlan=4095') ?? false
const isPortDrop = (flow: DroppingFlow | null) => flow?.priority === 2 && isFrom('')(flow)

function spoofedAddress({ sender: { port, endpoint }, senderIp }: DropContext): Coded<DropParams> {
  if (senderIp === null) return { code: 'address-unknown', params: { label: endpoint.label } }
  const isOwn = port.fixedIps.some(({ ipAddress }) => ipAddress === senderIp)
  return { code: isOwn ? 'no-arp' : 'spoofed-address', params: { address: senderIp } }
}

const spoofedMac = ({ sender: { port } }: DropContext): Coded<DropParams> => ({ code: 'spoofed-mac', params: { mac: port.macAddress } })

const untranslatedVlan = ({ side: { network, localVlan, host } }: DropContext): Coded<DropParams> => ({
  code: 'vlan-not-translated',
  params: { vlan: network.segmentationId, localVlan, host: host.name },
})

const untranslatedLocalVlan = ({ side }: DropContext): Coded<DropParams> => ({
  code: 'local-vlan-not-translated',
  params: { vlan: side.network.segmentationId, localVlan: innerVlan(side), host: side.host.name },
})

const unknownVni = ({ side: { network, host } }: DropContext): Coded<DropParams> => ({
  code: 'vni-not-translated',
  params: { vni: network.segmentationId, host: host.name },
})

const noFlood = ({ side }: DropContext): Coded<DropParams> => ({
  code: 'no-flood',
  params: { localVlan: innerVlan(side), host: side.host.name },
})

const rows: readonly Row[] = [
  // ARP never answered, spoof drop
  { bridge: 'integration', tables: [24], why: spoofedAddress },
  // MAC spoof
  { bridge: 'integration', tables: [25], applies: isMiss, why: spoofedMac },
  // Dead VLAN 4095
  { bridge: 'integration', tables: [0], applies: isDeadVlan, why: () => ({ code: 'dead-vlan', params: {} }) },
  // Provider drop in
  { bridge: 'integration', tables: [0], applies: isFrom('int-'), why: untranslatedVlan },
  // Dead VLAN 4095
  { bridge: 'integration', tables: [0], applies: isPortDrop, why: () => ({ code: 'port-out-of-service', params: {} }) },
  // Missing VXLAN peer, remote
  { bridge: 'tunnel', tables: [0], why: () => ({ code: 'unknown-tunnel', params: {} }) },
  // Network not on remote / VNI mismatch
  { bridge: 'tunnel', tables: [3, 4, 6], why: unknownVni },
  // Missing VXLAN peer, local
  { bridge: 'tunnel', tables: [22], why: noFlood },
  // Provider drop out
  { bridge: 'provider', tables: [0, 2], why: untranslatedLocalVlan },
]

/** By the first row that fits. */
export function diagnoseDrop({ bridge, table, flow }: FoundDrop, context: DropContext): Drop {
  const row = rows.find((each) => each.bridge === bridgeRole(bridge) && each.tables.includes(table) && (each.applies?.(flow) ?? true))
  return {
    bridge,
    table,
    why: row?.why(context) ?? (flow ? { code: 'flow-says-so', params: { match: flow.match } } : { code: 'table-miss', params: {} }),
  }
}

function bridgeRole(bridge: string): Row['bridge'] {
  if (bridge === INTEGRATION_BRIDGE) return 'integration'
  return bridge === TUNNEL_BRIDGE ? 'tunnel' : 'provider'
}
