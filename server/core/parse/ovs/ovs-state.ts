// OVSDB tables Bridge, Port, Interface, Controller and Open_vSwitch → bridges, ports and what the switch says of itself.
// Rows refer to each other by UUID; a port that no bridge names, or an interface that is missing, is Unparsed.

import type { Unparsed } from '../../host/observation'
import { isOwnPort, type OvsBridge, type OvsInterface, type OvsMember, type OvsPort } from '../../host/ovs'
import { MARK, parseOwner } from '../../naming'
import { unparsed, type Parsed } from '../parse-result'
import type { Steps } from '../steps'
import { findTable, type OvsdbTable } from './ovsdb-table'
import { mapOf, numberMapOf, numberOf, numbersOf, setOf, textOf, textsOf, type OvsdbRow } from './ovsdb-value'

export interface OvsState {
  readonly bridges: readonly OvsBridge[]
  readonly ports: readonly OvsPort[]
  readonly version: string | null
  readonly datapathTypes: readonly string[]
  /** other_config:vlan-limit; 1 where it is not set, null where the row was not read with it. */
  readonly vlanLimit: number | null
  /** Interfaces of type internal, which the userspace datapath makes as tun devices. */
  readonly internalNames: ReadonlySet<string>
}

const nameOf = (row: OvsdbRow): string => textOf(row.get('name')) ?? ''
const byUuid = (rows: readonly OvsdbRow[]): ReadonlyMap<string, OvsdbRow> =>
  new Map(rows.map((row) => [textOf(row.get('_uuid')) ?? '', row]))

/** Ports between two pauses. */
const SLICE = 100

export function* ovsStateSteps(tables: readonly OvsdbTable[], section: string): Steps<Parsed<OvsState>> {
  const bridgeRows = findTable(tables, 'Bridge')
  const interfaces = findTable(tables, 'Interface')
  const controllers = byUuid(findTable(tables, 'Controller'))
  const switchRow = findTable(tables, 'Open_vSwitch')[0]
  const ports = yield* portSteps(bridgeRows, byUuid(findTable(tables, 'Port')), byUuid(interfaces), section)
  const own = new Set(ports.value.filter(isOwnPort).map(({ bridge }) => bridge))
  const internal = interfaces.filter((row) => textOf(row.get('type')) === 'internal')
  return {
    value: {
      bridges: bridgeRows.map((row) => toBridge(row, controllers, own)),
      ports: ports.value,
      version: textOf(switchRow?.get('ovs_version')),
      datapathTypes: textsOf(switchRow?.get('datapath_types')),
      vlanLimit: switchRow?.has('other_config') ? Number(mapOf(switchRow.get('other_config'))['vlan-limit'] ?? 1) : null,
      internalNames: new Set(internal.map(nameOf)),
    },
    unparsed: ports.unparsed,
  }
}

function toBridge(row: OvsdbRow, controllers: ReadonlyMap<string, OvsdbRow>, own: ReadonlySet<string>): OvsBridge {
  const externalIds = mapOf(row.get('external_ids'))
  const failMode = textOf(row.get('fail_mode'))
  const unmodelled = UNMODELLED.filter((column) => setOf(row.get(column)).some((value) => value !== false))
  return {
    name: nameOf(row),
    owner: parseOwner(externalIds[MARK]),
    datapathType: normalDatapathType(textOf(row.get('datapath_type'))),
    failMode: failMode === 'secure' || failMode === 'standalone' ? failMode : null,
    protocols: textsOf(row.get('protocols')),
    otherConfig: mapOf(row.get('other_config')),
    externalIds,
    controllers: setOf(row.get('controller')).flatMap((uuid) => textOf(controllers.get(String(uuid))?.get('target')) ?? []),
    hasOwnPort: own.has(nameOf(row)),
    ...(unmodelled.length === 0 ? {} : { unmodelled }),
  }
}

const UNMODELLED = ['stp_enable', 'rstp_enable', 'mcast_snooping_enable', 'mirrors', 'flood_vlans'] as const

/** `system` is the long spelling of ''. */
const normalDatapathType = (type: string | null): string => (type === null || type === 'system' ? '' : type)

type Rows = ReadonlyMap<string, OvsdbRow>

function* portSteps(bridges: readonly OvsdbRow[], ports: Rows, interfaces: Rows, section: string): Steps<Parsed<readonly OvsPort[]>> {
  const value: OvsPort[] = []
  const rest: Unparsed[] = []
  for (const bridge of bridges) {
    for (const uuid of textsOf(bridge.get('ports'))) {
      const port = ports.get(uuid)
      const parts = textsOf(port?.get('interfaces')).flatMap((id) => interfaces.get(id) ?? [])
      const first = parts.find((row) => port && nameOf(row) === nameOf(port)) ?? parts[0]
      if (!port || !first) rest.push(unparsed(section, `${nameOf(bridge)} ${uuid}`, { code: 'port-without-row', params: {} }))
      else value.push({ ...toPort(nameOf(bridge), port, first), ...(parts.length > 1 && { members: parts.map(toMember) }) })
      if (value.length % SLICE === 0) yield
    }
  }
  return { value, unparsed: rest }
}

function toPort(bridge: string, port: OvsdbRow, row: OvsdbRow): OvsPort {
  const externalIds = mapOf(port.get('external_ids'))
  const cvlans = numbersOf(port.get('cvlans'))
  return {
    bridge,
    name: nameOf(port),
    owner: parseOwner(externalIds[MARK]),
    tag: numberOf(port.get('tag')),
    vlanMode: textOf(port.get('vlan_mode')),
    trunks: numbersOf(port.get('trunks')),
    ...(cvlans.length > 0 && { cvlans }),
    ...(port.get('protected') === true && { isProtected: true }),
    otherConfig: mapOf(port.get('other_config')),
    externalIds,
    interface: toInterface(row),
  }
}

const toMember = (row: OvsdbRow): OvsMember => ({ name: nameOf(row), ofport: numberOf(row.get('ofport')) })

function toInterface(row: OvsdbRow): OvsInterface {
  return {
    type: textOf(row.get('type')) ?? '',
    options: mapOf(row.get('options')),
    externalIds: mapOf(row.get('external_ids')),
    macInUse: textOf(row.get('mac_in_use')),
    mtuRequest: numberOf(row.get('mtu_request')),
    ofport: numberOf(row.get('ofport')),
    error: textOf(row.get('error')),
    linkState: textOf(row.get('link_state')),
    statistics: numberMapOf(row.get('statistics')),
  }
}

/** Bridge → OpenFlow port number → name. Ports that are not ready (none) or failed (-1) have no number; each member of a bond has its own. */
export function portNamesByBridge(ports: readonly OvsPort[]): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const byBridge = new Map<string, Map<number, string>>()
  for (const port of ports) {
    const names = byBridge.get(port.bridge) ?? new Map<number, string>()
    for (const { name, ofport } of port.members ?? [{ name: port.name, ofport: port.interface.ofport ?? null }]) {
      if (ofport !== null && ofport > 0) names.set(ofport, name)
    }
    byBridge.set(port.bridge, names)
  }
  return byBridge
}
