// Everything that one host's Open vSwitch has, indexed once so that it is cheap to ask a thousand times: bridges with ports by
// name and number, flow tables compiled when a packet first comes to them, MAC tables, groups. Knows no packet; trace-switch.ts does.

import { groupBy } from '../../group-by'
import type { Flow } from '../../host/flow'
import type { FlaggedPort, OpenflowGroup, OvsMac } from '../../host/learned'
import type { OvsBridge, OvsMember, OvsPort } from '../../host/ovs'
import { faultOf } from '../../host/ovs'
import { reservedPortNumber } from '../../parse/openflow/port-name'
import type { Classifier, Rule } from './classifier'
import { compileActions, unquoted } from './compile-actions'
import type { Instruction } from './instruction'
import { isFloodable } from './port-flags'
import { anyVlan, includes, portVlanOf, type PortVlan, type Tags } from './port-vlan'
import { SwitchMemory, type TableMemory } from './table-memory'

export interface SwitchInput {
  readonly bridges: readonly OvsBridge[]
  readonly ports: readonly OvsPort[]
  readonly flows: readonly Flow[]
  /** Absent, for all or for one bridge: not read. */
  readonly groups?: Readonly<Record<string, readonly OpenflowGroup[]>>
  /** Absent, for all or for one bridge: not read, and its bridge is taken to flood. */
  readonly ovsMacs?: Readonly<Record<string, readonly OvsMac[]>>
  /** Absent, for all or for one bridge: not read. */
  readonly portFlags?: Readonly<Record<string, readonly FlaggedPort[]>>
  /** other_config:vlan-limit of the Open_vSwitch row, 1 where it is not set; absent: not read. */
  readonly vlanLimit?: number
  /** Why flows of this bridge are not known; null: they are. */
  unreadFlows(bridge: string): string | null
}

export interface SwitchPort {
  /** LOCAL for the bridge's own. */
  readonly name: string
  /** OpenFlow number; null while Open vSwitch has given it none. */
  readonly number: number | null
  /** null: the bridge's own port in a state that has no row for it. */
  readonly row: OvsPort | null
  readonly kind: 'local' | 'patch' | 'tunnel' | 'device'
  readonly vlan: PortVlan
  /** The port that several devices make together; each of them is one here, with its own number. */
  readonly bond?: string
  /** By their OpenFlow names; none where nobody read them. */
  readonly flags: readonly string[]
}

export interface Group {
  readonly type: OpenflowGroup['type']
  readonly buckets: readonly { readonly weight: number; readonly actions: readonly Instruction[]; readonly watchPort: string | null }[]
}

export interface Switch {
  readonly bridges: ReadonlyMap<string, SwitchBridge>
  /** null: not known. */
  readonly vlanLimit: number | null
  /** The other end of a patch port; null: nothing is there. */
  peerOf(port: SwitchPort): { readonly bridge: SwitchBridge; readonly port: SwitchPort } | null
}

export const LOCAL = 'LOCAL'
export const LOCAL_NUMBER = 0xfffe
/** Where a state gives ports no numbers (a desired one), they get some that no flow text names. */
const FIRST_MADE_UP_NUMBER = 0x8000
const UNSET_OUTPUT = 0xffffffff
const TUNNELS = new Set(['vxlan', 'geneve', 'gre', 'ip6gre', 'erspan', 'ip6erspan', 'lisp', 'stt', 'gtpu', 'bareudp'])

/** Columns of a bridge by which ports may be shut, or get copies. */
const OPEN = ['stp_enable', 'rstp_enable', 'mirrors']

/** `memory`: what earlier states of the same host left. */
export function buildSwitch(input: SwitchInput, memory = new SwitchMemory()): Switch {
  const [ports, flows] = [groupBy(input.ports, (port) => port.bridge), groupBy(input.flows, (flow) => flow.bridge)]
  const actions = new ActionCache()
  memory.keep(new Set(input.bridges.map(({ name }) => name)))
  const bridges = new Map(
    input.bridges.map((row) => {
      const parts = { row, ports: ports.get(row.name) ?? [], flows: flows.get(row.name) ?? [] }
      const learned = { groups: input.groups?.[row.name], macs: input.ovsMacs?.[row.name], portFlags: input.portFlags?.[row.name] }
      return [row.name, new SwitchBridge({ ...parts, ...learned, unread: input.unreadFlows(row.name), actions, memory })]
    }),
  )
  const patches = new Map([...bridges.values()].flatMap((bridge) => bridge.ports.map((port) => [port.name, { bridge, port }] as const)))
  return {
    bridges,
    vlanLimit: input.vlanLimit ?? null,
    peerOf: ({ name, row }) => {
      const peer = patches.get(row?.interface.options['peer'] ?? '')
      return peer?.port.kind === 'patch' && peer.port.number !== null && peer.port.row?.interface.options['peer'] === name ? peer : null
    },
  }
}

/** Action texts repeat from flow to flow. */
class ActionCache {
  readonly #known = new Map<string, readonly Instruction[]>()

  of(text: string): readonly Instruction[] {
    const actions = this.#known.get(text) ?? compileActions(text)
    this.#known.set(text, actions)
    return actions
  }
}

interface BridgeParts {
  readonly row: OvsBridge
  readonly ports: readonly OvsPort[]
  readonly flows: readonly Flow[]
  readonly groups: readonly OpenflowGroup[] | undefined
  readonly macs: readonly OvsMac[] | undefined
  readonly portFlags: readonly FlaggedPort[] | undefined
  readonly unread: string | null
  readonly actions: ActionCache
  readonly memory: SwitchMemory
}

export class SwitchBridge {
  readonly name: string
  readonly row: OvsBridge
  /** Why its flows are not known; null: they are. */
  readonly unread: string | null
  readonly ports: readonly SwitchPort[]
  /** Numbers of ports are what Open vSwitch gave them, so this is what a switch has and not what a design wants. */
  readonly isObserved: boolean
  /** It has ports whose flags nobody read. */
  readonly hasUnreadFlags: boolean
  /** What nobody knows of it, that may decide about any frame; null: nothing. */
  readonly whyOpen: string | null
  readonly #byName: ReadonlyMap<string, SwitchPort>
  readonly #byNumber: ReadonlyMap<number, SwitchPort>
  readonly #flows: ReadonlyMap<number, readonly Flow[]>
  readonly #carrying = new Map<number, readonly SwitchPort[]>()
  readonly #tables = new Map<number, Classifier>()
  readonly #memory: TableMemory
  readonly #actions: ActionCache
  readonly #macs: ReadonlyMap<string, OvsMac> | null
  readonly #groups: ReadonlyMap<number, Group> | null

  constructor({ row, ports, flows, groups, macs, portFlags, unread, actions, memory }: BridgeParts) {
    this.name = row.name
    this.row = row
    this.unread = unread
    this.isObserved = ports.some((port) => port.interface.ofport !== undefined)
    this.hasUnreadFlags = this.isObserved && portFlags === undefined
    this.ports = withFlags(switchPorts(row.name, ports), portFlags)
    this.whyOpen = whyOpen(row, this.isObserved) ?? ambiguousName(this.ports)
    this.#byName = new Map(this.ports.map((port) => [port.name, port]))
    this.#byNumber = new Map(this.ports.flatMap((port) => (port.number === null ? [] : [[port.number, port] as const])))
    this.#flows = groupBy([...flows, ...this.#ownFlows(flows)], (flow) => flow.table)
    this.#memory = memory.bridge(row.name, JSON.stringify(this.ports.map(({ name, number }) => [name, number])))
    this.#memory.keep(new Set(this.#flows.keys()))
    this.#actions = actions
    this.#macs = macs ? new Map(macs.map((mac) => [`${mac.vlan}/${mac.macAddress}`, mac])) : null
    this.#groups = groups ? new Map(groups.map((group) => [group.id, this.#compileGroup(group)])) : null
  }

  table(number: number): Classifier | null {
    const known = this.#tables.get(number)
    const flows = this.#flows.get(number)
    if (known || !flows) return known ?? null
    const table = this.#memory.table(number, flows, (name) => this.numberOf(name))
    this.#tables.set(number, table)
    return table
  }

  instructionsOf(rule: Rule): readonly Instruction[] {
    return (rule.instructions ??= this.#actions.of(rule.flow.actions))
  }

  /** By name, by number as text, or LOCAL. */
  port(name: string): SwitchPort | undefined {
    return this.#byName.get(name) ?? (name === this.name ? this.#byName.get(LOCAL) : this.#byNumber.get(Number(name)))
  }

  /** Where a flooded frame may go, whatever port it came by: of a bond by one device, and by none when one of them wants none. */
  portsCarrying(inside: Tags): readonly SwitchPort[] {
    const key = (inside[0].vid << 12) | inside[1].vid
    const known = this.#carrying.get(key)
    if (known) return known
    const ports = this.ports.filter((port) => {
      const ways = this.waysBy(port)
      return port.number !== null && includes(port.vlan, inside) && ways[0] === port && ways.every(isFloodable)
    })
    this.#carrying.set(key, ports)
    return ports
  }

  /** Of a bond any of its devices, of which one is taken; else the port itself. */
  waysBy(port: SwitchPort): readonly SwitchPort[] {
    return port.bond === undefined ? [port] : this.ports.filter(({ bond, number }) => bond === port.bond && number !== null)
  }

  portByNumber(number: number): SwitchPort | undefined {
    return this.#byNumber.get(number)
  }

  numberOf(name: string): number | null {
    if (name === 'UNSET') return UNSET_OUTPUT
    if (/^\d+$/.test(name)) return Number(name)
    return this.#byName.get(name.startsWith('"') ? (JSON.parse(name) as string) : name)?.number ?? null
  }

  /** undefined: not learned. null: nobody read the table. */
  mac(vlan: number, address: string): OvsMac | undefined | null {
    return this.#macs === null ? null : this.#macs.get(`${vlan}/${address}`)
  }

  /** undefined: there is none. null: nobody read them. */
  group(id: number): Group | undefined | null {
    return this.#groups === null ? null : this.#groups.get(id)
  }

  /** Open vSwitch makes every standalone bridge with one flow, which a design does not mention. */
  #ownFlows(flows: readonly Flow[]): Flow[] {
    const hasOwn = flows.some(({ table, priority, match }) => table === 0 && priority === 0 && match === '')
    if (this.isObserved || this.row.failMode === 'secure' || hasOwn) return []
    return [{ bridge: this.name, table: 0, priority: 0, match: '', actions: 'NORMAL', cookie: '0x0', owner: null }]
  }

  #compileBucket({ weight, actions, watchPort }: OpenflowGroup['buckets'][number]): Group['buckets'][number] {
    return { weight, actions: this.#actions.of(actions), watchPort: watchPort && unquoted(watchPort) }
  }

  #compileGroup({ type, buckets }: OpenflowGroup): Group {
    return { type, buckets: buckets.map((bucket) => this.#compileBucket(bucket)) }
  }
}

/** Unless it is secure a bridge forwards as it likes while no controller answers, by flows that it shows to nobody. */
function whyOpen({ failMode, controllers = [], unmodelled = [] }: OvsBridge, isObserved: boolean): string | null {
  if (isObserved && failMode !== 'secure' && controllers.length > 0) return 'controller'
  return OPEN.find((column) => unmodelled.includes(column)) ?? null
}

/** Of a port that is called as other ports are numbered or as OpenFlow calls its own: which of them a flow means is not followed. */
const ambiguousName = (ports: readonly SwitchPort[]): string | null =>
  ports.find(({ name, kind }) => kind !== 'local' && (/^\d+$/.test(name) || reservedPortNumber(name) !== null))?.name ?? null

type PlainPort = Omit<SwitchPort, 'flags'>

function switchPorts(bridge: string, rows: readonly OvsPort[]): PlainPort[] {
  const used = new Set(rows.flatMap((row) => row.members?.map(({ ofport }) => ofport) ?? [row.interface.ofport]))
  let next = FIRST_MADE_UP_NUMBER
  const made = () => {
    while (used.has(next)) next++
    return next++
  }
  const ports = rows.flatMap((row) => (row.members ? bondPorts(row, row.members) : [switchPort(bridge, row, made)]))
  if (ports.some(({ name }) => name === LOCAL)) return ports
  return [...ports, { name: LOCAL, number: LOCAL_NUMBER, row: null, kind: 'local', vlan: anyVlan }]
}

function withFlags(ports: readonly PlainPort[], flagged: readonly FlaggedPort[] = []): readonly SwitchPort[] {
  const flagsOf = new Map(flagged.map(({ port, flags }) => [port, flags]))
  return ports.map((port) => ({ ...port, flags: flagsOf.get(port.name) ?? [] }))
}

const bondPorts = (row: OvsPort, members: readonly OvsMember[]): PlainPort[] =>
  members.map(({ name, ofport }) => ({
    name,
    number: ofport === -1 ? null : ofport,
    row,
    kind: 'device',
    vlan: portVlanOf(row),
    bond: row.name,
  }))

function switchPort(bridge: string, row: OvsPort, made: () => number): PlainPort {
  const vlan = portVlanOf(row)
  if (row.name === bridge) return { name: LOCAL, number: LOCAL_NUMBER, row, kind: 'local', vlan }
  const { type, ofport } = row.interface
  const given = ofport === undefined ? made() : ofport
  const kind = type === 'patch' ? 'patch' : TUNNELS.has(type) ? 'tunnel' : 'device'
  return { name: row.name, number: given === null || faultOf(row) !== null ? null : given, row, kind, vlan }
}
