// A frame that enters a bridge by a port → where it leaves the switch, with which headers, and what decided: `ofproto/trace` by
// computation. The judge of every rule below this file is that command on a real switch (lab/tests/walk.lab.test.ts).

import type { Frame } from '../frame'
import { originOf, packetOf } from './packet-frame'
import { perform } from './perform'
import type { Switch, SwitchBridge, SwitchPort } from './switch'
import { Translation, type Course } from './translation'
import { putTunnelKey } from './tunnel'
import { VisitDraft, type BridgeVisit, type TunnelKey } from './visit'

export interface SwitchEntry {
  readonly bridge: string
  /** Name, number as text, or LOCAL. */
  readonly port: string
  readonly frame: Frame
  /** With which key it came by a tunnel port. */
  readonly tunnel?: TunnelKey | null
}

/** What Open vSwitch does where nobody sets other_config:vlan-limit. */
const DEFAULT_VLAN_LIMIT = 1

export function traceSwitch(sw: Switch, entry: SwitchEntry): BridgeVisit {
  const { bridge: name, port: portName, frame } = entry
  const bridge = sw.bridges.get(name)
  const port = bridge?.port(portName)
  const visit = new VisitDraft(name, port?.name ?? portName, frame)
  const number = port ? port.number : numberIn(portName)
  if (!bridge) visit.drop('no-device', { bridge: name })
  else if (number === null) visit.drop(port ? 'port-unusable' : 'no-port', { bridge: name, port: portName })
  else if (sw.vlanLimit === null && frame.vlans.length > DEFAULT_VLAN_LIMIT) visit.doubt('unread', { bridge: name, about: 'vlan-limit' })
  else translate({ sw, bridge, port, number, visit }, entry)
  return visit.finish()
}

/** Of a port that is not listed. */
const numberIn = (portName: string): number | null => (/^\d+$/.test(portName) ? Number(portName) : null)

interface Entrance {
  readonly sw: Switch
  readonly bridge: SwitchBridge
  readonly port: SwitchPort | undefined
  readonly number: number
  readonly visit: VisitDraft
}

function translate({ sw, bridge, port, number, visit }: Entrance, { frame, tunnel }: SwitchEntry): void {
  const vlanLimit = limitOf(sw.vlanLimit ?? DEFAULT_VLAN_LIMIT)
  const packet = packetOf(frame, vlanLimit)
  const course: Course = {
    perform,
    switch: sw,
    origin: originOf(frame, vlanLimit, packet),
    tunnelEnd: tunnel?.destination ?? null,
    passes: 1,
  }
  packet.set('in_port', number)
  if (tunnel) putTunnelKey(packet, tunnel)
  else if (port?.kind === 'tunnel') putTunnelKey(packet, { tunnelId: null, source: null, destination: null })
  const run = new Translation(course, bridge, visit, packet)
  if (run.mayEnter(port)) run.start(0)
}

/** Two tags are all that Open vSwitch parses; 0 asks for as many as it can. */
const MAX_VLAN_TAGS = 2
const limitOf = (limit: number): number => (limit === 0 ? MAX_VLAN_TAGS : Math.min(limit, MAX_VLAN_TAGS))
