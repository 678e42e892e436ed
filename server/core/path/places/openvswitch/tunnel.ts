// br-tun: local VLAN to VNI and back (docs/reference/tunnel-bridge.md). Leaving, table 20 sends a known MAC to one VTEP and table 22 floods
// the rest; entering, table 4 turns the VNI into the local VLAN. One tunnel port per remote VTEP serves every VNI.

import type { OvsPort } from '../../../host/ovs'
import { PATCH_INT, TUNNEL_BRIDGE } from '../../../naming'
import { VXLAN_PORT } from '../../../walk/frame'
import type { BridgeVisit } from '../../../walk/openflow/visit'
import { type BridgeTrace, hitsOf, isUncertain, tagOf, translationsOf } from '../../bridge-trace'
import { checkTrace } from '../../checks/flow-check'
import { checkBridge, checkUsable } from '../../checks/ovs-checks'
import { absence, type HopFacts, type Problem } from '../../hop'
import type { PacketKind, TunnelPort } from '../../hop-params'
import { innerVlan, type PathSide } from '../../path-side'
import { counterProof, learnedKeys, tellingFlow } from '../../proof-flows'
import type { Stop } from '../../stop'
import { tunnelEnds, type TunnelEnds } from '../../tunnel-ends'

export function tunnelBridge({ side, peer, trace }: Stop): HopFacts {
  const ends = tunnelEnds(side, peer)
  const telling = tellingFlow(trace)
  return {
    detail: { code: 'vni', params: { vni: ends.vni, port: ends.portName } },
    translation: trace ? (translationsOf(trace.unicast).at(-1)?.key ?? null) : null,
    proof: counterProof(side, TUNNEL_BRIDGE, [telling], trace ? learnedKeys(telling, trace.unicast.in) : []),
    hostProblems: [
      ...checkBridge(side, TUNNEL_BRIDGE),
      ...checkTunnelPort(side, peer, ends),
      checkTrace(trace, side, peer),
      trace && (side.end === 'source' ? checkSending(side, peer, ends, trace) : checkArriving(side, trace.unicast)),
    ],
    isObservable: !trace || !isUncertain(trace.unicast),
    counters: null,
  }
}

function checkTunnelPort(side: PathSide, peer: PathSide, { port, localAddress, remoteAddress }: TunnelEnds): Problem[] {
  const { host, view } = side
  const missing = { code: 'no-tunnel-port', params: { host: host.name, peer: peer.host.name, address: remoteAddress } } as const
  if (!port) return [absence(view, 'ovsPorts', { bridge: TUNNEL_BRIDGE }, missing)]
  const {
    name,
    interface: { options },
  } = port
  const found = options['local_ip'] ?? localAddress
  const noAddress = { code: 'tunnel-address-missing', params: { device: null, host: host.name, address: localAddress } } as const
  const isOnHost = view?.linkWithAddress(localAddress) !== undefined
  return [
    checkUsable(port),
    found === localAddress ? null : { code: 'tunnel-source', params: { device: name, found, host: host.name, expected: localAddress } },
    isOnHost ? null : absence(view, 'addresses', { netns: '' }, noAddress),
    checkUdpPort(port, peer, side),
  ]
}

/** Both ends use one (vxlan_udp_port in Neutron's agent): Open vSwitch listens where it sends to. */
function checkUdpPort(port: OvsPort, peer: PathSide, side: PathSide): Problem {
  const { port: other } = tunnelEnds(peer, side)
  const [found, expected] = [udpPortOf(port), other && udpPortOf(other)]
  return expected === undefined || found === expected
    ? null
    : { code: 'tunnel-udp-port', params: { device: port.name, found, peer: peer.host.name, expected } }
}

const udpPortOf = ({ interface: { options } }: OvsPort): string => options['dst_port'] ?? String(VXLAN_PORT)

function checkSending(side: PathSide, peer: PathSide, ends: TunnelEnds, { unicast, arp }: BridgeTrace): Problem {
  return (
    checkCopy(side, peer, ends, unicast, 'frames') ?? (arp && !isAnswered(arp) ? checkCopy(side, peer, ends, arp, 'arp-requests') : null)
  )
}

/** The ARP responder of table 21 answers through the port the request came by. */
const isAnswered = ({ outputs }: BridgeVisit) => outputs.some(({ port }) => port === PATCH_INT)

/** Also a port that is not there. */
const portsOf = ({ outputs, end }: BridgeVisit): string[] => [
  ...outputs.map(({ port }) => port),
  ...(end?.kind === 'dropped' && end.code === 'no-port' ? [String(end.params['port'])] : []),
]

function checkCopy(side: PathSide, peer: PathSide, ends: TunnelEnds, visit: BridgeVisit, what: PacketKind): Problem {
  const ports = portsOf(visit)
  if (ports.length === 0 || isUncertain(visit)) return null
  const table = hitsOf(visit).at(-1)?.table ?? 0
  const copy = visit.outputs.find(({ port }) => port === ends.portName)
  if (!copy) {
    const wanted = { label: peer.endpoint.label, host: peer.host.name, address: ends.remoteAddress }
    return { code: 'to-other-tunnels', params: { table, what, ports: ports.map((port) => tunnelPort(side, port)), ...wanted } }
  }
  const vni = copy.tunnel?.tunnelId ?? null
  return vni === ends.vni ? null : { code: 'sends-vni', params: { table, vni, network: side.network.name, expected: ends.vni } }
}

const tunnelPort = ({ view }: PathSide, name: string): TunnelPort => ({
  name,
  remote: view?.port(TUNNEL_BRIDGE, name)?.interface.options['remote_ip'] ?? null,
})

function checkArriving(side: PathSide, visit: BridgeVisit): Problem {
  const copy = visit.outputs.find(({ port }) => port === PATCH_INT)
  const wanted = innerVlan(side)
  if (visit.outputs.length === 0 || isUncertain(visit) || wanted === null) return null
  if (!copy) return { code: 'not-handed-in', params: { table: hitsOf(visit).at(-1)?.table ?? 0, host: side.host.name } }
  const vlan = tagOf(copy.frame)
  if (vlan === wanted) return null
  const turned = { table: translationsOf(visit).at(-1)?.table ?? 4, vni: side.network.segmentationId, vlan }
  return { code: 'vni-into-other-vlan', params: { ...turned, label: side.endpoint.label, expected: wanted } }
}
