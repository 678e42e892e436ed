// A place of a leg with everything that is known of it: the end of the path that it belongs to, its host's reading, and what the bridge
// that stands there, before it and behind it, does with the packets.

import type { Switch } from '../walk/openflow/switch'
import type { Fleet } from '../walk/fleet'
import { type BridgeTrace, traceBridge } from './bridge-trace'
import type { Carrier } from './carrier'
import { tunnelOf } from './packets'
import type { AlsoTo } from './path'
import type { PathSide } from './path-side'
import type { Step } from './steps'
import { tunnelEnds } from './tunnel-ends'

export interface Stop extends Step {
  /** On a host that carries the end's own: the same end, seen there. */
  readonly side: PathSide
  readonly peer: PathSide
  readonly carrier: Carrier | null
  /** What the bridge here does; null where there is none, and on hosts that were not read. */
  readonly trace: BridgeTrace | null
  readonly alsoTo: readonly AlsoTo[]
  /** The same of the nearest bridges on either side. */
  readonly before: BridgeTrace | null
  readonly behind: BridgeTrace | null
}

export function stopsOf(steps: readonly Step[], from: PathSide, to: PathSide, observed: Fleet): Stop[] {
  const turn = turnOf(steps, from, to)
  const sides = steps.map(({ place }, index) => (index <= turn ? sideAt(from, place.hostId) : sideAt(to, place.hostId)))
  const traces = steps.map((step, index) => {
    const host = observed.hosts.get(step.place.hostId ?? '')
    return host && isTraced(step) ? trace(host.switch, step, sides[index]!.side, from, to) : null
  })
  return steps.map((step, index) => ({
    ...step,
    ...sides[index]!,
    peer: index <= turn ? to : from,
    trace: traces[index]!,
    alsoTo: traces[index] ? alsoTo(traces[index], step.isTunnelled ? tunnelEnds(sides[index]!.side, to).portName : step.outPort) : [],
    before: traces[steps.findLastIndex((other, at) => at < index && isTraced(other))] ?? null,
    behind: traces[steps.findIndex((other, at) => at > index && isTraced(other))] ?? null,
  }))
}

/** What holds the tunnel's NIC asks no flow of ours. */
const isTraced = ({ place: { kind }, role }: Step): boolean => kind === 'ovs-bridge' && role !== 'underlay-bridge'

/** The last place that belongs to the source: the wire, or the bridge of a host that both ends use. */
function turnOf(steps: readonly Step[], from: PathSide, to: PathSide): number {
  const [near, far] = [from, to].map(({ host, carriers }) => new Set([host.id, ...carriers.map((carrier) => carrier.host.id)]))
  const isShared = ({ place: { hostId }, role }: Step) =>
    hostId !== null && near!.has(hostId) && far!.has(hostId) && (role === 'br-int' || role === 'brq' || role === 'provider-bridge')
  const turn = steps.findIndex((step) => isShared(step) || step.role === 'wire')
  return turn < 0 ? steps.length : turn
}

function sideAt(end: PathSide, hostId: string | null): { readonly side: PathSide; readonly carrier: Carrier | null } {
  const carrier = end.host.id === hostId ? undefined : end.carriers.find(({ host }) => host.id === hostId)
  return carrier ? { side: { ...end, host: carrier.host, view: carrier.view }, carrier } : { side: end, carrier: null }
}

/**
 * Beside the port that leads on, if the frame goes there at all. Where nobody read what the bridge learned, it may send nothing elsewhere;
 * its own device, which every flood comes to, says nothing.
 */
function alsoTo({ unicast: { causes, outputs } }: BridgeTrace, outPort: string | null): AlsoTo[] {
  if (causes.some(({ kind }) => kind === 'mac-table-unread') || !outputs.some(({ port }) => port === outPort)) return []
  const others = outputs.filter(({ port, kind }) => port !== outPort && kind !== 'local')
  return others.map(({ port, alternative }) => ({ port, as: alternative === null ? 'copy' : 'alternative' }))
}

/** What comes out of a tunnel comes by the port that the host has towards the other VTEP, whatever it is called. */
function trace(sw: Switch, step: Step, side: PathSide, from: PathSide, to: PathSide): BridgeTrace {
  const tunnel = tunnelOf(step.in)
  const port = tunnel ? tunnelEnds(side, side.end === 'source' ? to : from).portName : (step.inPort ?? '')
  const key = tunnel && { tunnelId: tunnel.vni, source: tunnel.source, destination: tunnel.destination }
  return traceBridge(sw, { bridge: step.place.device, port, vlans: (tunnel?.frame ?? step.in).vlans, tunnel: key }, from, to)
}
