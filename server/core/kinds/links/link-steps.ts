// Links as `ip -batch` lines, with what other kinds add to them (addresses, routes, rules). One batch before Open vSwitch is touched (bridges and veth pairs,
// also those with both ends in namespaces), one after (internal ports exist only then), one for all namespaces, and one for what goes.

import { plural } from '../../explain/words'
import type { Changed, HostDiff } from '../../diff/kind-diff'
import type { Link } from '../../host/link'
import { linkKey, standsOnTap } from '../../host/link'
import type { IpOfKinds } from '../kind'
import { asNewPort, BRIDGE_PORT } from './bridge-port'
import { deletions, isMade, rootFirst } from './deletions'
import { isRemade, madeAnew } from './is-remade'
import { groupBy } from '../../group-by'
import { changeCommand } from '../../commands/command'
import { renderAlias, renderUplink } from '../../naming'
import { inEachNamespace, nameNamespaces, type NamespaceInput } from '../../render/side-by-side'
import { batchStep, inNamespace, ipBatch, type StepDraft } from '../../render/step-draft'

const onOff = (value: boolean): string => (value ? 'on' : 'off')
const bit = (value: boolean): string => (value ? '1' : '0')

function bridgeOptions(bridge: NonNullable<Link['bridge']>): string {
  return [
    `forward_delay ${bridge.forwardDelay}`,
    `stp_state ${bit(bridge.hasStp)}`,
    `mcast_snooping ${bit(bridge.hasMulticastSnooping)}`,
    `ageing_time ${bridge.ageingTime}`,
  ].join(' ')
}

/** `link set` with the attributes that `has` selects; empty when there are none. */
function settings(link: Link, has: (field: string) => boolean): string[] {
  const parts = [
    ...(has('owner') || has('nic') ? aliasSetting(link) : []),
    ...(link.macAddress && has('mac') ? [`address ${link.macAddress}`] : []),
    ...(link.mtu && has('mtu') ? [`mtu ${link.mtu}`] : []),
    ...(link.isPromiscuous !== undefined && has('promiscuous') ? [`promisc ${onOff(link.isPromiscuous)}`] : []),
    ...(link.master !== undefined && has('master') ? [masterSetting(link.master)] : []),
    ...(link.isUp !== undefined && has('up') ? [link.isUp ? 'up' : 'down'] : []),
  ]
  return parts.length === 0 ? [] : [`link set dev ${link.name} ${parts.join(' ')}`]
}

/** The mark, and for a link that is an uplink which NIC it stands for. */
const aliasSetting = ({ owner, uplink }: Link): string[] =>
  owner ? [`alias ${renderAlias(owner)}${uplink ? renderUplink(uplink) : ''}`] : []
const masterSetting = (master: string | null): string => (master === null ? 'nomaster' : `master ${master}`)

const ADD_RANK: Partial<Record<Link['type'], number>> = { bridge: 0, veth: 1, vlan: 2, vxlan: 2 }

/**
 * Bridges first: a master must exist before anything is enslaved to it. Each device is marked in the line after the one that makes it, and
 * the other end of a veth pair in the next: a batch that is cut short leaves one device without a mark, not hundreds. What is made right in a
 * namespace is marked and set up there. The end of a pair that no bridge has comes first: it may be Open vSwitch's.
 */
export function additions(links: readonly Link[]): string[] {
  const rank = ({ type }: Link) => ADD_RANK[type] ?? 9
  const byKey = new Map([...rootFirst(links)].sort((left, right) => rank(left) - rank(right)).map((link) => [linkKey(link), link]))
  const lines: string[] = []
  for (const [key, link] of byKey) {
    byKey.delete(key)
    const peer = link.peer ? byKey.get(linkKey(link.peer)) : undefined
    if (peer) byKey.delete(linkKey(peer))
    const [first, second] = link.master && peer?.netns === '' ? [peer, link] : [link, peer]
    const here = [first, ...(second ? [second] : [])].filter(({ netns }) => netns === '')
    lines.push(...addLine(first), ...here.flatMap((each) => settings(each, () => true)))
  }
  return lines
}

const inNetns = ({ netns }: Pick<Link, 'netns'>): string => (netns === '' ? '' : ` netns ${netns}`)

/**
 * Where the OVSDB has its port already (a host that boots, a device made anew), Open vSwitch takes a new device up at once. It makes it
 * promiscuous by writing back the flags that it has read: a device that was switched on in between is off again, and stays off. One
 * that is born with its flags has nothing to be written. Only the first end of a pair can be: the other has no peer yet.
 */
const bornFlags = ({ netns, isUp, isPromiscuous }: Link): string => (netns === '' && isUp && isPromiscuous ? ' up promisc on' : '')

function addLine(link: Link): string[] {
  if (link.type === 'bridge')
    return [`link add name ${link.name}${inNetns(link)} type bridge ${link.bridge ? bridgeOptions(link.bridge) : ''}`.trim()]
  if (link.vlan) return [`link add link ${link.vlan.lower} name ${link.name} type vlan id ${link.vlan.id}`]
  if (link.vxlan)
    return [
      `link add name ${link.name} type vxlan id ${link.vxlan.vni} local ${link.vxlan.local} dev ${link.vxlan.lower} dstport ${link.vxlan.port}`,
    ]
  return link.peer
    ? [`link add name ${link.name}${inNetns(link)}${bornFlags(link)} type veth peer name ${link.peer.name}${inNetns(link.peer)}`]
    : []
}

/**
 * While a bridge takes part in the spanning tree the kernel refuses a forward delay below two seconds: that comes first, in a line of its own.
 * So does what not every kernel has, and no bridge is made with.
 */
const bridgeSettings = (name: string, bridge: NonNullable<Link['bridge']>, has: ReadonlySet<string>): string[] =>
  [
    ...(has.has('vlan_filtering') ? [`vlan_filtering ${bit(bridge.isVlanAware ?? false)}`] : []),
    ...(has.has('stp_state') ? [`stp_state ${bit(bridge.hasStp)}`] : []),
    bridgeOptions(bridge),
  ].map((options) => `link set dev ${name} type bridge ${options}`)

export function changes(change: Changed<Link>): string[] {
  const names = new Set(change.fields.map((field) => field.field))
  const isBridgeChange = ['forward_delay', 'stp_state', 'mcast_snooping', 'ageing_time', 'vlan_filtering'].some((name) => names.has(name))
  const bridge = isBridgeChange && change.to.bridge ? bridgeSettings(change.to.name, change.to.bridge, names) : []
  const port = names.has(BRIDGE_PORT) ? [`link set dev ${change.to.name} type bridge_slave ${asNewPort(change.from).join(' ')}`] : []
  return [...bridge, ...settings(change.to, (field) => names.has(field)), ...port]
}

/** A bridge or a pair is made from outside, right where it belongs; what needs a device of its namespace is made there. */
const isMadeFromOutside = (link: Link): boolean => isMade(link) && (link.netns === '' || link.type === 'bridge' || link.type === 'veth')

/** New bridges and veth pairs, and changes of what is in the root namespace. */
export function renderLinks(diff: HostDiff): StepDraft[] {
  const changed = diff.links.changed.filter((change) => change.to.netns === '' && !standsOnTap(change.to) && !isRemade(change))
  const remade = diff.links.changed.filter(
    (change) => isRemade(change) && !standsOnTap(change.to) && (change.to.netns === '' || isMadeFromOutside(change.to)),
  )
  const added = diff.links.added.filter(isMadeFromOutside)
  const lines = [
    ...deletions(diff)
      .early.filter(({ netns }) => netns === '')
      .map(deletion),
    ...additions([...added, ...remade.map((change) => change.to).filter(isMade)]),
    ...changed.flatMap(changes),
  ]
  const counts = [
    ...(added.length > 0 ? [`add ${added.length}`] : []),
    ...(changed.length + remade.length > 0 ? [`change ${changed.length + remade.length}`] : []),
  ]
  return batchStep(
    `Links: ${counts.join(', ')}`,
    'Bridges, veth pairs, VLAN and VXLAN devices come first: everything else is plugged into them.',
    lines,
    ipBatch(''),
  )
}

/** Constant text; $1 is the mode, a device per line its input. */
const OFFLOAD_SCRIPT = 'while read -r device; do ethtool -K "$device" tx "$1" || exit; done'

/** Checksum offload, in one call per namespace and mode. */
export function renderOffload(diff: HostDiff): StepDraft[] {
  const wanted = [
    ...madeAnew(diff).filter((link) => link.hasTxChecksumOffload !== undefined && isMade(link)),
    ...diff.links.changed
      .filter((change) => !isRemade(change) && change.fields.some((field) => field.field === 'tx checksum offload'))
      .map((change) => change.to),
  ]
  const groups = groupBy(wanted, (link) => `${onOff(link.hasTxChecksumOffload ?? true)} ${link.netns}`)
  return [...groups.values()].flatMap((links) => {
    const [first] = links as [Link, ...Link[]]
    const mode = onOff(first.hasTxChecksumOffload ?? true)
    const title = `Transmit checksum offload ${mode} on ${plural(links.length, 'device')}`
    const reason = 'The userspace datapath drops frames whose checksum was left to a card.'
    const argv = inNamespace(first.netns, ['sh', '-c', OFFLOAD_SCRIPT, 'sh', mode])
    return batchStep(
      title,
      reason,
      links.map((link) => link.name),
      (stdin) => changeCommand(argv, { stdin }),
    )
  })
}

/** Devices inside namespaces that are made anew, where no end outside takes them along. */
export const renderEarlyRemoval = (diff: HostDiff): StepDraft[] =>
  insideStep(
    (where) => `Remove devices in ${where} that are made anew`,
    'They cannot be mended.',
    perNamespace(deletions(diff).early, deletion),
  )

/** Devices inside namespaces whose name is needed for another: an internal port that nobody serves any more. */
export function renderAbandoned(diff: HostDiff): StepDraft[] {
  const abandoned = diff.links.changed
    .filter((change) => change.to.netns !== '' && change.to.type === 'ovs-internal' && isRemade(change))
    .map((change) => change.from)
  const inputs = perNamespace(abandoned, deletion)
  return insideStep((where) => `Remove abandoned ports in ${where}`, 'Open vSwitch restarted and made new ones outside.', inputs)
}

/** Internal ports that belong elsewhere now come back to the root namespace, which is that of process 1; from there they go on. */
export function renderLeaving(diff: HostDiff): StepDraft[] {
  const wanted = new Set(
    madeAnew(diff)
      .filter(({ type }) => type === 'ovs-internal')
      .map(({ name }) => name),
  )
  const leaving = diff.links.removed.filter(({ type, name }) => type === 'ovs-internal' && wanted.has(name))
  return insideStep(
    (where) => `Take ports out of ${where}`,
    'Their row in the OVSDB stays; only one namespace can have them.',
    perNamespace(leaving, ({ name }) => `link set dev ${name} netns 1`),
  )
}

const perNamespace = (links: readonly Link[], line: (link: Link) => string): NamespaceInput[] =>
  [
    ...groupBy(
      links.filter(({ netns }) => netns !== ''),
      ({ netns }) => netns,
    ),
  ].map(([netns, here]) => ({ netns, lines: here.map(line) }))

/** One `ip -batch` in each namespace, all of them one step. */
function insideStep(title: (where: string) => string, reason: string, inputs: readonly NamespaceInput[]): StepDraft[] {
  const filled = inputs.filter(({ lines }) => lines.length > 0)
  return filled.length === 0
    ? []
    : [{ title: title(nameNamespaces(filled)), reason, command: inEachNamespace(['ip', '-batch', '-'], filled) }]
}

/** Internal ports: those of the root namespace are set up, the others move into their namespace. */
export function renderMoves(diff: HostDiff, ip: IpOfKinds): StepDraft[] {
  const internal = madeAnew(diff).filter((link) => link.type === 'ovs-internal')
  const here = internal.filter((link) => link.netns === '')
  const lines = [
    ...internal.filter((link) => link.netns !== '').map((link) => `link set dev ${link.name} netns ${link.netns}`),
    ...here.flatMap((link) => settings(link, () => true)),
    ...ip.remove(''),
    ...ip.set(''),
  ]
  const [title, reason] =
    internal.length === 0
      ? ['Addresses', 'The tunnel address, where the host has none of its own.']
      : ['Internal ports: move and address', 'They exist only after Open vSwitch made them; the MTU is set after the move.']
  return batchStep(title, reason, lines, ipBatch(''))
}

/** One step, with a batch for each namespace that stays or appears. */
export function renderInsideNamespaces(diff: HostDiff, ip: IpOfKinds): StepDraft[] {
  const gone = new Set(diff.namespaces.removed.map((namespace) => namespace.name))
  const names = new Set(
    [
      ...diff.namespaces.changed.map((change) => change.to.name),
      ...[...diff.links.added, ...diff.links.removed, ...diff.links.changed.map((change) => change.to)].map((link) => link.netns),
      ...ip.places,
    ].filter((netns) => netns !== '' && !gone.has(netns)),
  )
  const lines = linesInside(diff, ip)
  return insideStep(
    (where) => `Inside ${where}`,
    'Devices are set up where they live.',
    [...names].map((netns) => ({ netns, lines: lines(netns) })),
  )
}

/** By namespace. Each list is gone through once, since a host may have hundreds of namespaces. */
function linesInside(diff: HostDiff, ip: IpOfKinds): (netns: string) => string[] {
  const marked = groupBy(
    diff.namespaces.changed.map(({ to }) => to).filter(({ owner }) => owner !== null),
    ({ name }) => name,
  )
  const deleted = groupBy(deletions(diff).late, ({ netns }) => netns)
  const made = groupBy(madeAnew(diff), ({ netns }) => netns)
  const changed = groupBy(
    diff.links.changed.filter((change) => !isRemade(change)),
    ({ to }) => to.netns,
  )
  const of = <T>(groups: ReadonlyMap<string, readonly T[]>, netns: string): readonly T[] => groups.get(netns) ?? []
  return (netns) => [
    ...of(marked, netns).map(({ owner }) => `link set dev lo alias ${renderAlias(owner!)} up`),
    ...ip.remove(netns),
    ...of(deleted, netns).map(deletion),
    ...of(made, netns)
      .filter((link) => isMade(link) && !isMadeFromOutside(link))
      .flatMap(addLine),
    ...of(made, netns).flatMap((link) => settings(link, () => true)),
    ...of(changed, netns).flatMap(changes),
    ...ip.set(netns),
  ]
}

const deletion = ({ name }: Link): string => `link del dev ${name}`

/** Last of all: devices and namespaces that nothing uses any more. */
export function renderLinkRemoval(diff: HostDiff): StepDraft[] {
  const lines = [
    ...deletions(diff)
      .late.filter(({ netns }) => netns === '')
      .map(deletion),
    ...diff.namespaces.removed.map((namespace) => `netns delete ${namespace.name}`),
  ]
  return batchStep('Remove links and namespaces', 'Nothing uses them any more.', lines, ipBatch(''))
}
