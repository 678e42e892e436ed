// The NORMAL action: a learning switch with VLANs (xlate_normal). The frame gets the VLAN of the port it came by, the MAC table of
// that VLAN says where it goes, and without an entry it goes to every other port of the VLAN. Learning is a side effect and left out.

import { DEAD_VLAN } from '../../host/ovs'
import { isReservedMac } from './reserved-macs'
import { accepts, anyVlan, headersOf, putTagsOutside, tagsInside, tagsOf, type PortVlan, type Tags } from './port-vlan'
import { BROADCAST_MAC, isGroupMac } from '../frame'
import { isIp, isTagged, isVlanType } from './packet'
import { macAt } from './packet-frame'
import { send } from './output'
import type { SwitchPort } from './switch'
import type { Translation } from './translation'

const nowhere = (name: string, number: number): SwitchPort => ({ name, number, row: null, kind: 'device', vlan: anyVlan, flags: [] })
/** Frames that come from no port, as controllers send them, are forwarded as from a trunk (ofpp_none_bundle). */
const NOWHERE: ReadonlyMap<number, SwitchPort> = new Map([
  [0xfffd, nowhere('CONTROLLER', 0xfffd)],
  [0xffff, nowhere('NONE', 0xffff)],
])

export function normal(run: Translation): void {
  const { bridge, packet, visit } = run
  const inPort = run.inPort ?? NOWHERE.get(packet.get('in_port'))
  const where = { bridge: bridge.name, port: inPort?.name ?? String(packet.get('in_port')) }
  if (!inPort) return visit.drop('no-port', where)
  // Two tags of which only one is parsed, and that one was taken off: Open vSwitch calls it a partial tag.
  if (isVlanType(packet.get('dl_type')) && !isTagged(packet)) return visit.drop('vlan-not-carried', where)
  const tags = tagsOf(packet)
  const code = isDead(inPort.vlan) ? 'dead-vlan' : 'vlan-not-carried'
  if (!accepts(inPort.vlan, tags[0].vid)) return visit.drop(code, { ...where, vlan: tags[0].vid })
  const destination = macAt(packet, 'dl_dst')
  // Which of a bond's devices is the active one, that may take in what others drop, is not read.
  if (inPort.bond !== undefined) visit.doubt('outside-model', { bridge: bridge.name, port: inPort.name, about: 'bond' })
  if (bridge.row.otherConfig['forward-bpdu'] !== 'true' && isReservedMac(destination)) return visit.drop('reserved-mac', where)
  forward(run, inPort, tagsInside(inPort.vlan, tags), destination)
}

/** How Neutron makes a port dead without an access tag, which would join all dead ports. */
const isDead = ({ mode, trunks }: PortVlan): boolean => mode === 'trunk' && trunks?.size === 1 && trunks.has(DEAD_VLAN)

function forward(run: Translation, inPort: SwitchPort, inside: Tags, destination: string): void {
  const { bridge, visit } = run
  const vlan = inside[0].vid
  const open = whyOpen(run, destination)
  if (open) visit.doubt('outside-model', { bridge: bridge.name, about: open })
  const entry = isGroupMac(destination) ? undefined : bridge.mac(vlan, destination)
  if (entry === null) visit.causes.push({ kind: 'mac-table-unread', ref: bridge.name })
  if (!entry) return flood(run, inPort, inside)
  visit.causes.push({ kind: 'mac-table', ref: `${bridge.name}/${vlan}/${destination}` })
  const port = bridge.port(entry.port)
  if (port && isSamePort(port, inPort)) return visit.drop('output-to-input', { bridge: bridge.name, port: inPort.name })
  if (!port) return visit.drop('no-port', { bridge: bridge.name, port: entry.port })
  sendTagged(run, [port], inside)
}

/** Groups that were heard of go to who asked for them; of some VLANs nothing is learned. */
function whyOpen({ bridge: { row }, packet }: Translation, destination: string): string | null {
  const isGroup = isGroupMac(destination)
  const column = isGroup && destination !== BROADCAST_MAC && isIp(packet) ? 'mcast_snooping_enable' : isGroup ? null : 'flood_vlans'
  return column !== null && row.unmodelled?.includes(column) ? column : null
}

function flood(run: Translation, inPort: SwitchPort, inside: Tags): void {
  run.visit.causes.push({ kind: 'flood', vlan: inside[0].vid })
  const ports = run.bridge.portsCarrying(inside).filter((port) => !isSamePort(port, inPort))
  sendTagged(run, ports, inside)
}

const isSamePort = (port: SwitchPort, other: SwitchPort): boolean => port === other || (port.bond !== undefined && port.bond === other.bond)

/** Each with its own tags, put on the frame as it was. */
function sendTagged(run: Translation, ports: readonly SwitchPort[], inside: Tags): void {
  const { packet } = run
  const before = headersOf(packet)
  packet.apart(() => {
    for (const port of ports) {
      putTagsOutside(packet, port.vlan, inside, before)
      sendByOneOf(run, run.bridge.waysBy(port))
    }
  })
}

function sendByOneOf(run: Translation, ways: readonly SwitchPort[]): void {
  const outer = run.alternative
  if (ways.length > 1) run.alternative = run.visit.nextAlternative()
  for (const way of ways) send(run, way, way.name)
  run.alternative = outer
}
