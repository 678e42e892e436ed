// Where a frame leaves a bridge: by a device, by a tunnel with the key that flow and port give it, through a patch port into the
// next bridge; and where it does not, with the reason (compose_output_action__).

import type { DropCode } from '../walk-result'
import { mayForward } from './port-flags'
import type { SwitchPort } from './switch'
import type { Translation } from './translation'
import { isLayer3, keepTunnelKey, tunnelKeyOf } from './tunnel'
import { VisitDraft, type TunnelKey } from './visit'

/** What one output adds to the datapath's actions at most: four VLAN actions and itself; the whole header of a tunnel. */
const OUTPUT_BYTES = 40
const TUNNEL_BYTES = 640

export function send(run: Translation, port: SwitchPort | undefined, name: string): void {
  if (!port) return lose(run, name, 'no-port')
  if (port.number === null) return lose(run, name, 'port-unusable')
  if (!mayForward(port)) return run.visit.drop('port-flag', { bridge: run.bridge.name, port: name, flag: 'NO_FWD' })
  if (port.row?.isProtected && run.inPort?.row?.isProtected) return lose(run, name, 'protected-ports')
  if (port.kind === 'patch') return sendToPeer(run, port)
  if (port.kind !== 'tunnel') return leave(run, port)
  if (isLayer3(port)) run.visit.doubt('outside-model', { bridge: run.bridge.name, port: name, about: 'packet_type' })
  const key = tunnelKeyOf(run.packet, port)
  if (key.destination !== null && key.destination !== run.course.tunnelEnd) return leave(run, port, key)
  keepTunnelKey(run.packet, key)
  lose(run, name, key.destination === null ? 'no-vtep' : 'loop')
}

const lose = ({ visit, bridge }: Translation, port: string, code: DropCode): void => visit.drop(code, { bridge: bridge.name, port })

function sendToPeer(run: Translation, port: SwitchPort): void {
  const peer = run.course.switch.peerOf(port)
  const wanted = port.row?.interface.options['peer'] ?? null
  if (!peer) return run.visit.drop('no-peer', { bridge: run.bridge.name, port: port.name, peer: wanted })
  const frame = run.frame()
  const visit = new VisitDraft(peer.bridge.name, peer.port.name, frame)
  const { alternative } = run
  run.visit.output({ port: port.name, kind: 'patch', row: port.row, frame, tunnel: null, visit, alternative }, run.pass)
  run.cross(peer, visit)
}

interface Leaving extends Pick<SwitchPort, 'name' | 'row'> {
  readonly kind: SwitchPort['kind'] | 'controller'
}

export function leave(run: Translation, { name, kind, row }: Leaving, tunnel: TunnelKey | null = null): void {
  const { alternative } = run
  if (isRewriteLost(run)) run.visit.doubt('outside-model', { bridge: run.bridge.name, port: name, about: 'nw_proto=0' })
  run.spend(kind === 'tunnel' ? TUNNEL_BYTES : OUTPUT_BYTES)
  run.visit.output({ port: name, kind, row, frame: run.frame(), tunnel, visit: null, alternative }, run.pass)
}

/** Open vSwitch takes an IP protocol, or an operation of ARP, of 0 for no header at all, and leaves it as it was (commit_set_nw_action). */
const isRewriteLost = (run: Translation): boolean =>
  run.packet.get('nw_proto') === 0 && run.frame().payload !== run.course.origin.frame.payload
