// Walks the ping of this path through the bridges of one side: the ARP request that comes first and the unicast frame
// after it. Which flows they hit is what the hops prove, translate and find fault with.

import { INTEGRATION_BRIDGE, qvoName } from '../naming'
import type { Crossing } from './crossing'
import { explainDrop } from './diagnosis'
import type { Problem } from './hop'
import { type PathSide, flowsOf, ovsPortOf, innerVlan } from './path-side'
import { type Trace, dropFlow, isDropped, traceFlows } from './trace/trace-flows'
import type { TracePacket, TracePayload } from './trace/trace-packet'

export interface BridgeTrace {
  readonly bridge: string
  readonly unicast: Trace
  /** null where the sender's address is not known: anti-spoofing could not be judged. */
  readonly arp: Trace | null
}

export interface SideTraces {
  readonly integration: BridgeTrace
  /** br-tun or the provider bridge; null when the frame stays on the host. */
  readonly outer: BridgeTrace | null
}

type Entry = Pick<TracePacket, 'inPort' | 'vlan' | 'tunnelId'>
const BROADCAST = 'ff:ff:ff:ff:ff:ff'

export function traceSide(side: PathSide, peer: PathSide, crossing: Crossing): SideTraces {
  const [source, destination] = side.role === 'source' ? [side, peer] : [peer, side]
  const trace = (bridge: string, entry: Entry) => traceBridge(side, bridge, entry, source, destination)
  return {
    integration: trace(INTEGRATION_BRIDGE, integrationEntry(side, crossing)),
    outer: crossing.kind === 'same-host' ? null : trace(crossing.patch.outerBridge, outerEntry(side, crossing)),
  }
}

/** Device by which the port is plugged: what the host has, else what hybrid plugging makes. */
export const pluggedDevice = (side: PathSide): string => ovsPortOf(side)?.name ?? side.trunk?.inner ?? qvoName(side.port.id)

function integrationEntry(side: PathSide, crossing: Crossing): Entry {
  if (side.role === 'source' || crossing.kind === 'same-host') return { inPort: pluggedDevice(side), vlan: null, tunnelId: null }
  const vlan = crossing.kind === 'tunnel' ? innerVlan(side) : crossing.vlanId
  return { inPort: crossing.patch.inner, vlan, tunnelId: null }
}

function outerEntry(side: PathSide, crossing: Exclude<Crossing, { kind: 'same-host' }>): Entry {
  if (side.role === 'source') return { inPort: crossing.patch.outer, vlan: innerVlan(side), tunnelId: null }
  if (crossing.kind === 'tunnel') return { inPort: crossing.tunnelPortName, vlan: null, tunnelId: crossing.vni }
  return { inPort: crossing.nic, vlan: crossing.vlanId, tunnelId: null }
}

export function traceBridge(side: PathSide, bridge: string, entry: Entry, source: PathSide, destination: PathSide): BridgeTrace {
  const [from, to] = [source.endpoint, destination.endpoint]
  const walk = (destinationMac: string, payload: TracePayload) =>
    traceFlows(flowsOf(side, bridge), { ...entry, sourceMac: from.macAddress, destinationMac, payload })
  const [sourceIp, destinationIp] = [from.ipAddress ?? '0.0.0.0', to.ipAddress ?? '0.0.0.0']
  return {
    bridge,
    unicast: walk(to.macAddress, { kind: 'icmp', sourceIp, destinationIp }),
    arp: from.ipAddress === null ? null : walk(BROADCAST, { kind: 'arp', senderIp: sourceIp, targetIp: destinationIp }),
  }
}

/** Why the flows of a bridge would drop this path's frames, ARP first since nothing follows without it. */
export function checkTrace(side: PathSide, peer: PathSide, traces: BridgeTrace): Problem {
  const { bridge, arp, unicast } = traces
  const dropped = [arp, unicast].find((trace) => trace !== null && isDropped(trace))
  if (!dropped) return null
  const flow = dropFlow(dropped)
  const table = flow?.table ?? dropped.missedTable ?? 0
  const sender = side.role === 'source' ? side : peer
  const what = dropped === arp ? 'ARP requests' : 'Frames'
  const why = explainDrop({ bridge, table, flow }, { side, sender, senderIp: sender.endpoint.ipAddress })
  return `${what} of ${sender.endpoint.label} end here: ${why}`
}
