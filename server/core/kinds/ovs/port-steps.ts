// OVSDB changes as two transactions around the flow bundles. `prepare` makes new ports dead (VLAN 4095) and unpatched and
// detaches what will go; `connect` sets tags and peers and deletes. So no port ever forwards before its flows are in, and
// br-int never joins two physical bridges without drop flows (Neutron's own order, docs/reference/open-vswitch.md). What a port needs
// besides has a transaction of its own: to be taken out first (`unplug`), or to be deleted after its device (`remove`).

import { plural } from '../../explain/words'
import type { HostDiff } from '../../diff/kind-diff'
import { DEAD_VLAN, isOwnPort, type OvsBridge, type OvsPort, ovsPortKey } from '../../host/ovs'
import type { FieldChange } from '../../plan/change'
import { transactions } from './transactions'
import type { StepDraft } from '../../render/step-draft'

const NO_PEER = 'nonexistent-peer'

/** A string in OVSDB's own notation (JSON), so that colons, spaces and quotes stay data. */
const text = (value: string): string => JSON.stringify(value)

const mapSettings = (column: string, map: Readonly<Record<string, string>>): string[] =>
  Object.entries(map).map(([key, value]) => `${column}:${text(key)}=${text(value)}`)

const isPatch = (port: OvsPort): boolean => port.interface.type === 'patch'

function bridgeClauses(bridge: OvsBridge): string[][] {
  const columns = [
    `datapath_type=${text(bridge.datapathType)}`,
    ...(bridge.failMode ? [`fail_mode=${bridge.failMode}`] : []),
    `protocols=[${bridge.protocols.map(text).join(',')}]`,
    ...mapSettings('other_config', bridge.otherConfig),
    ...mapSettings('external_ids', bridge.externalIds),
  ]
  return [
    ['add-br', bridge.name],
    ['set', 'Bridge', bridge.name, ...columns],
  ]
}

/** A bridge cannot be without its own port for `ovs-vsctl`, which takes it neither out nor in: by its rows it does. */
const ownPortOut = ({ bridge, name }: OvsPort): string[][] => [
  [`--id=@${name}`, 'get', 'Port', name],
  ['remove', 'Bridge', bridge, 'ports', `@${name}`],
]
const ownPortIn = ({ bridge, name }: OvsPort): string[][] => [
  [`--id=@${name}/device`, 'create', 'Interface', `name=${text(name)}`, 'type=internal'],
  [`--id=@${name}`, 'create', 'Port', `name=${text(name)}`, `interfaces=@${name}/device`],
  ['add', 'Bridge', bridge, 'ports', `@${name}`],
]

function deadPortClauses(port: OvsPort, former: OvsPort | undefined): string[][] {
  if (isOwnPort(port)) return ownPortIn(port)
  const isTagged = port.tag !== null
  const columns = [
    ...(isTagged ? [`tag=${DEAD_VLAN}`, 'vlan_mode=trunk', `trunks=${DEAD_VLAN}`] : []),
    ...mapSettings('external_ids', port.externalIds),
  ]
  const options = isPatch(port) ? { ...port.interface.options, peer: NO_PEER } : port.interface.options
  const iface = [
    ...(port.interface.type === '' ? [] : [`type=${text(port.interface.type)}`]),
    ...mapSettings('options', options),
    ...mapSettings('external_ids', port.interface.externalIds),
    // Flows name ports by their number: with it, those that are in go on to mean this port.
    ...((former?.interface.ofport ?? 0) > 0 ? [`ofport_request=${former?.interface.ofport}`] : []),
  ]
  return [
    ['add-port', port.bridge, port.name],
    ...(columns.length > 0 ? [['set', 'Port', port.name, ...columns]] : []),
    ...(iface.length > 0 ? [['set', 'Interface', port.name, ...iface]] : []),
  ]
}

/** Its device is made anew: it is out before that, and comes back as the same port. */
const isReplugged = (port: OvsPort, diff: HostDiff): boolean => diff.ovsPorts.added.some((added) => ovsPortKey(added) === ovsPortKey(port))

/**
 * In a transaction of its own: a port that goes and comes in one keeps its device, since vswitchd looks only at what there is before and
 * after (bridge_reconfigure).
 */
export function renderUnplug(diff: HostDiff): StepDraft[] {
  const ports = diff.ovsPorts.removed.filter((port) => isReplugged(port, diff))
  const reason = 'Their devices are made anew, or are others: Open vSwitch would hold on to the former ones.'
  return transactions(
    `Open vSwitch: take out ${plural(ports.length, 'port')}`,
    reason,
    ports.flatMap((port) => (isOwnPort(port) ? ownPortOut(port) : [deletion(port)])),
  )
}

/** A port moves when its name is wanted on another bridge: a name is there once in the whole OVSDB. */
const isMoved = (port: OvsPort, diff: HostDiff): boolean => diff.ovsPorts.added.some((added) => added.name === port.name)

function detachClauses(port: OvsPort, diff: HostDiff): string[][] {
  if (isMoved(port, diff)) return [['del-port', port.bridge, port.name]]
  if (isPatch(port)) return [['set', 'Interface', port.name, `options:peer=${NO_PEER}`]]
  return port.tag === null ? [] : [['set', 'Port', port.name, `tag=${DEAD_VLAN}`]]
}

/** First transaction: what appears is dead, what goes is detached. */
export function renderPrepare(diff: HostDiff): StepDraft[] {
  const detached = diff.ovsPorts.removed.filter((port) => !isReplugged(port, diff))
  const former = new Map(diff.ovsPorts.removed.map((port) => [ovsPortKey(port), port]))
  const clauses = [
    ...detached.flatMap((port) => detachClauses(port, diff)),
    ...diff.ovsBridges.added.flatMap(bridgeClauses),
    ...diff.ovsBridges.changed.map((change) => changedBridgeClause(change.to, change.fields)),
    ...diff.ovsPorts.added.flatMap((port) => deadPortClauses(port, former.get(ovsPortKey(port)))),
  ]
  const counts = [
    ...(diff.ovsBridges.added.length > 0 ? [`add ${plural(diff.ovsBridges.added.length, 'bridge')}`] : []),
    ...(diff.ovsPorts.added.length > 0 ? [`add ${plural(diff.ovsPorts.added.length, 'port')}, dead`] : []),
    ...(detached.length > 0 ? [`detach ${plural(detached.length, 'port')}`] : []),
  ]
  return transactions(
    `Open vSwitch: ${counts.join(', ') || 'bridge settings'}`,
    'Bridges drop and ports are dead until their flows are in.',
    clauses,
  )
}

function changedBridgeClause(bridge: OvsBridge, fields: readonly FieldChange[]): string[] {
  const columns = fields.map(({ field, to }) => {
    if (field === 'protocols') return `protocols=[${bridge.protocols.map(text).join(',')}]`
    return assignment(field, to)
  })
  return ['set', 'Bridge', bridge.name, ...columns]
}

/** `other_config:key` → `other_config:"key"="value"`; a plain column keeps its name. */
function assignment(field: string, value: string | null): string {
  const [column, ...rest] = field.split(':')
  const key = rest.join(':')
  const printed = value === null ? '[]' : text(value)
  return key === '' ? `${column}=${printed}` : `${column}:${text(key)}=${text(value ?? '')}`
}

/**
 * Ports whose device goes with its namespace. The kernel takes down what is in a namespace at once; Open vSwitch takes its ports away one after the
 * other, and each is a wait for the kernel. They are dead until then. A bridge that goes takes its ports along.
 */
function portsOfNamespaces(diff: HostDiff): readonly OvsPort[] {
  const namespaces = new Set(diff.namespaces.removed.map(({ name }) => name))
  const devices = new Set(
    diff.links.removed.filter(({ netns, type }) => type === 'ovs-internal' && namespaces.has(netns)).map(({ name }) => name),
  )
  const bridges = new Set(diff.ovsBridges.removed.map(({ name }) => name))
  return diff.ovsPorts.removed.filter((port) => devices.has(port.name) && !bridges.has(port.bridge) && !isMoved(port, diff))
}

const deletion = ({ bridge, name }: OvsPort): string[] => ['--if-exists', 'del-port', bridge, name]

/** Last transaction: rows whose devices went with their namespaces. */
export function renderRemoval(diff: HostDiff): StepDraft[] {
  const ports = portsOfNamespaces(diff)
  return transactions(
    `Open vSwitch: remove ${plural(ports.length, 'port')}`,
    'Their devices went with their namespaces.',
    ports.map(deletion),
  )
}

/** Second transaction: peers and tags become real, changes land, what goes is deleted. */
export function renderConnect(diff: HostDiff): StepDraft[] {
  const goneBridges = new Set(diff.ovsBridges.removed.map((bridge) => bridge.name))
  const later = new Set(portsOfNamespaces(diff))
  const removed = diff.ovsPorts.removed.filter((port) => !isMoved(port, diff) && !later.has(port))
  const clauses = [
    ...diff.ovsPorts.added.flatMap(connectClauses),
    ...diff.ovsPorts.changed.flatMap((change) => changedPortClauses(change.to, change.fields)),
    ...removed.filter((port) => !goneBridges.has(port.bridge)).map(deletion),
    ...diff.ovsBridges.removed.map((bridge) => ['--if-exists', 'del-br', bridge.name]),
  ]
  const counts = [
    ...(diff.ovsPorts.added.length > 0 ? [`connect ${plural(diff.ovsPorts.added.length, 'port')}`] : []),
    ...(diff.ovsPorts.changed.length > 0 ? [`change ${plural(diff.ovsPorts.changed.length, 'port')}`] : []),
    ...(removed.length > 0 ? [`remove ${plural(removed.length, 'port')}`] : []),
    ...(goneBridges.size > 0 ? [`remove ${plural(goneBridges.size, 'bridge')}`] : []),
  ]
  return transactions(`Open vSwitch: ${counts.join(', ')}`, 'With the flows in place, patch peers and tags become real.', clauses)
}

function connectClauses(port: OvsPort): string[][] {
  const peer = isPatch(port) ? [['set', 'Interface', port.name, `options:peer=${text(port.interface.options.peer ?? '')}`]] : []
  return [...peer, ...tagClauses(port)]
}

/** One clause for all of a port: for each, ovs-vsctl looks through all rows of the table for the name. */
function tagClauses({ name, tag, vlanMode, otherConfig }: OvsPort): string[][] {
  if (tag === null) return []
  return [['set', 'Port', name, `tag=${tag}`, ...mapSettings('other_config', otherConfig), `vlan_mode=${vlanMode ?? '[]'}`, 'trunks=[]']]
}

const isSurplus = ({ field, to }: FieldChange): boolean => field.startsWith('options:') && to === null

const INTERFACE_FIELDS = /^(type|mtu_request|options:|interface external_ids:)/

function changedPortClauses(port: OvsPort, fields: readonly FieldChange[]): string[][] {
  const surplus = fields.filter(isSurplus)
  const onInterface = fields.filter((change) => INTERFACE_FIELDS.test(change.field) && !isSurplus(change))
  const onPort = fields.filter((change) => !INTERFACE_FIELDS.test(change.field))
  return [
    ...(onPort.length > 0 ? [['set', 'Port', port.name, ...onPort.map((change) => portAssignment(port, change))]] : []),
    ...(onInterface.length > 0
      ? [['set', 'Interface', port.name, ...onInterface.map((change) => assignment(change.field.replace('interface ', ''), change.to))]]
      : []),
    ...surplus.map(({ field }) => ['remove', 'Interface', port.name, 'options', text(field.slice('options:'.length))]),
  ]
}

function portAssignment(port: OvsPort, change: FieldChange): string {
  if (change.field === 'tag') return `tag=${port.tag ?? '[]'}`
  if (change.field === 'trunks') return `trunks=[${port.trunks.join(',')}]`
  if (change.field === 'protected') return `protected=${port.isProtected ?? false}`
  if (change.field === 'vlan_mode') return `vlan_mode=${port.vlanMode ?? '[]'}`
  return assignment(change.field, change.to)
}
