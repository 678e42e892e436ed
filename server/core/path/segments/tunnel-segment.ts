// br-tun: local VLAN to VNI and back (reference §7). Leaving, table 20 sends a known MAC to one VTEP and table 22 floods
// the rest; entering, table 4 turns the VNI into the local VLAN. One tunnel port per remote VTEP serves every VNI.

import { whyUnusable } from '../../host/ovs'
import { PATCH_INT, TUNNEL_BRIDGE } from '../../naming'
import { checkBridge } from '../checks/ovs-checks'
import type { TunnelCrossing } from '../crossing'
import { type HopDraft, type Problem, makeHop } from '../hop'
import type { Encapsulation } from '../path'
import { type PathSide, innerVlan } from '../path-side'
import { counterProof, learnedKey, tellingFlow } from '../proof-flows'
import { type BridgeTrace, type SideTraces, checkTrace } from '../side-traces'
import type { Trace } from '../trace/trace-flows'

const FLOOD_TABLE = 22

export const vxlan = ({ vni, localAddress, remoteAddress }: TunnelCrossing, role: PathSide['role']): Encapsulation => {
  const [source, destination] = role === 'source' ? [localAddress, remoteAddress] : [remoteAddress, localAddress]
  return { kind: 'vxlan', vni, source, destination }
}

export function tunnelSegment(side: PathSide, peer: PathSide, crossing: TunnelCrossing, { outer }: SideTraces): HopDraft {
  return makeHop(side, {
    lane: 'br-tun',
    device: TUNNEL_BRIDGE,
    detail: `VNI ${crossing.vni}, ${crossing.tunnelPortName}`,
    encapsulation: side.role === 'source' ? vxlan(crossing, 'source') : localVlan(side),
    translation: outer?.unicast.translations.at(-1) ?? null,
    proof: counterProof(side, TUNNEL_BRIDGE, [outer && tellingFlow(outer)], outer ? floodAlternatives(side, peer, outer) : []),
    intentProblems: [side, peer].map(({ host }) => (host.tunnel ? null : `${host.name} has no tunnel endpoint in the design`)),
    hostProblems: [
      ...checkBridge(side, TUNNEL_BRIDGE),
      ...checkTunnelPort(side, peer, crossing),
      outer && checkTrace(side, peer, outer),
      outer && (side.role === 'source' ? checkSending(side, peer, crossing, outer) : checkArriving(side, outer)),
    ],
    isObservable: !outer?.unicast.isUncertain,
    counters: null,
  })
}

function localVlan(side: PathSide): Encapsulation {
  const vlan = innerVlan(side)
  return vlan === null ? { kind: 'untagged' } : { kind: 'local-vlan', vlan }
}

/** While the remote MAC is not known the frame is flooded; a learned flow takes over as soon as it is. */
function floodAlternatives(side: PathSide, peer: PathSide, trace: BridgeTrace): string[] {
  const vlan = innerVlan(side)
  const isFlooded = side.role === 'source' && tellingFlow(trace)?.table === FLOOD_TABLE
  return isFlooded && vlan !== null ? [learnedKey(vlan, peer.endpoint.macAddress)] : []
}

function checkTunnelPort({ host, view }: PathSide, peer: PathSide, { tunnelPort, localAddress, remoteAddress }: TunnelCrossing): Problem[] {
  if (!tunnelPort) return [`br-tun of ${host.name} has no tunnel port to ${peer.host.name} (${remoteAddress})`]
  const { name, interface: { options } } = tunnelPort
  const isLocal = options['local_ip'] === undefined || options['local_ip'] === localAddress
  const isOnHost = view?.linkWithAddress(localAddress) !== undefined
  return [
    whyUnusable(tunnelPort),
    isLocal ? null : `${name} sends from ${options['local_ip']}, the tunnel address of ${host.name} is ${localAddress}`,
    isOnHost ? null : `${host.name} does not have its tunnel address ${localAddress}`,
  ]
}

function checkSending(side: PathSide, peer: PathSide, crossing: TunnelCrossing, { unicast, arp }: BridgeTrace): Problem {
  return checkCopy(side, peer, crossing, unicast, 'frames') ?? (arp && !isAnswered(arp) ? checkCopy(side, peer, crossing, arp, 'ARP requests') : null)
}

/** The ARP responder of table 21 answers through the port the request came by. */
const isAnswered = ({ outputs }: Trace) => outputs.some(({ port }) => port === PATCH_INT)

function checkCopy(side: PathSide, peer: PathSide, crossing: TunnelCrossing, trace: Trace, what: string): Problem {
  if (trace.outputs.length === 0) return null
  const where = `br-tun T${trace.hits.at(-1)?.table ?? 0}`
  const copy = trace.outputs.find(({ port }) => port === crossing.tunnelPortName)
  if (!copy) {
    const ports = trace.outputs.map(({ port }) => describePort(side, port)).join(', ')
    return `${where} sends ${what} for ${peer.endpoint.label} to ${ports}, but it is on ${peer.host.name} (${crossing.remoteAddress})`
  }
  if (copy.tunnelId === crossing.vni) return null
  return `${where} sends VNI ${copy.tunnelId ?? 'none'}, network ${side.network.name} is ${crossing.vni}`
}

function describePort({ view }: PathSide, name: string): string {
  const remote = view?.port(TUNNEL_BRIDGE, name)?.interface.options['remote_ip']
  return remote ? `${name} (${remote})` : name
}

function checkArriving(side: PathSide, { unicast }: BridgeTrace): Problem {
  const copy = unicast.outputs.find(({ port }) => port === PATCH_INT)
  const wanted = innerVlan(side)
  if (unicast.outputs.length === 0 || wanted === null) return null
  if (!copy) return `br-tun T${unicast.hits.at(-1)?.table ?? 0} does not hand frames from ${side.host.name}'s tunnels to br-int`
  if (copy.vlan === wanted) return null
  const table = unicast.translations.at(-1)?.table ?? 4
  return `br-tun T${table} turns VNI ${side.network.segmentationId} into local VLAN ${copy.vlan ?? 'none'}, ${side.endpoint.label} is in ${wanted}`
}
