// Links, addresses and routes as `ip -batch` lines. One batch before Open vSwitch is touched (bridges and veth pairs), one
// after (internal ports exist only then), one per namespace, and one for what goes.

import type { Changed, HostDiff } from '../diff/host-diff'
import type { Link } from '../host/link'
import { linkKey, standsOnTap } from '../host/link'
import { isRemade } from '../diff/kinds/link'
import { groupBy } from '../group-by'
import { changeCommand } from '../commands/command'
import { renderAlias, renderUplink } from '../naming'
import { batchStep, inNamespace, ipBatch, plural, type StepDraft } from './step-draft'

/** What stands on a tap is made later (tap-links.ts). */
const isMade = (link: Link): boolean => ['bridge', 'veth', 'vlan', 'vxlan'].includes(link.type) && !standsOnTap(link)
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
    ...(link.owner && (has('owner') || has('nic')) ? [`alias ${renderAlias(link.owner)}${link.uplink ? renderUplink(link.uplink) : ''}`] : []),
    ...(link.macAddress && has('mac') ? [`address ${link.macAddress}`] : []),
    ...(link.mtu && has('mtu') ? [`mtu ${link.mtu}`] : []),
    ...(link.isPromiscuous !== undefined && has('promiscuous') ? [`promisc ${onOff(link.isPromiscuous)}`] : []),
    ...(link.master !== undefined && has('master') ? [link.master === null ? 'nomaster' : `master ${link.master}`] : []),
    ...(link.isUp !== undefined && has('up') ? [link.isUp ? 'up' : 'down'] : []),
  ]
  return parts.length === 0 ? [] : [`link set dev ${link.name} ${parts.join(' ')}`]
}

const ADD_RANK: Partial<Record<Link['type'], number>> = { bridge: 0, veth: 1, vlan: 2, vxlan: 2 }

/** Adds first, settings after: a master must exist before anything is enslaved to it. */
export function additions(links: readonly Link[]): string[] {
  const ordered = [...links].sort((left, right) => (ADD_RANK[left.type] ?? 9) - (ADD_RANK[right.type] ?? 9))
  return [...addLines(ordered), ...ordered.flatMap((link) => settings(link, () => true))]
}

function addLines(links: readonly Link[]): string[] {
  const made = new Set<string>()
  return links.flatMap((link) => {
    if (made.has(linkKey(link))) return []
    made.add(linkKey(link))
    if (link.type === 'bridge') return [`link add name ${link.name} type bridge ${link.bridge ? bridgeOptions(link.bridge) : ''}`.trim()]
    if (link.vlan) return [`link add link ${link.vlan.lower} name ${link.name} type vlan id ${link.vlan.id}`]
    if (link.vxlan) return [`link add name ${link.name} type vxlan id ${link.vxlan.vni} local ${link.vxlan.local} dev ${link.vxlan.lower} dstport ${link.vxlan.port}`]
    if (!link.peer) return []
    made.add(linkKey(link.peer))
    return [`link add name ${link.name} type veth peer name ${link.peer.name}${link.peer.netns === '' ? '' : ` netns ${link.peer.netns}`}`]
  })
}

export function changes(change: Changed<Link>): string[] {
  const names = new Set(change.fields.map((field) => field.field))
  const isBridgeChange = ['forward_delay', 'stp_state', 'mcast_snooping', 'ageing_time'].some((name) => names.has(name))
  const bridge = isBridgeChange && change.to.bridge ? [`link set dev ${change.to.name} type bridge ${bridgeOptions(change.to.bridge)}`] : []
  return [...bridge, ...settings(change.to, (field) => names.has(field))]
}

/** Constant text; lines of namespace and mark are its input. One that carries exactly that mark is there already. */
const ADD_NAMESPACES = `while read -r name mark; do
  ip -n "$name" link show dev lo 2>/dev/null | grep -qxF "    alias $mark" || { ip netns add "$name" && ip -n "$name" link set dev lo alias "$mark" up; } || exit
done`

/** A namespace has no place for a mark; the alias of its lo is ours, set in the same breath, so that none is ever lost. */
export function renderNamespaces(diff: HostDiff): StepDraft[] {
  const { added } = diff.namespaces
  const lines = added.map((namespace) => `${namespace.name} ${namespace.owner ? renderAlias(namespace.owner) : ''}`)
  return batchStep(`Add ${plural(added.length, 'namespace')}`, 'DHCP lives in a namespace of its own.', lines, (stdin) => changeCommand(['sh', '-c', ADD_NAMESPACES], { stdin }))
}

/** New bridges and veth pairs, and changes of what is in the root namespace. */
export function renderLinks(diff: HostDiff): StepDraft[] {
  const here = diff.links.changed.filter((change) => change.to.netns === '' && !standsOnTap(change.to))
  const [remade, changed] = [here.filter(isRemade), here.filter((change) => !isRemade(change))]
  const added = diff.links.added.filter((link) => link.netns === '' && isMade(link))
  const lines = [
    ...remade.map((change) => `link del dev ${change.to.name}`),
    ...additions([...added, ...remade.map((change) => change.to)]),
    ...changed.flatMap(changes),
  ]
  const counts = [
    ...(added.length > 0 ? [`add ${added.length}`] : []),
    ...(changed.length + remade.length > 0 ? [`change ${changed.length + remade.length}`] : []),
  ]
  return batchStep(`Links: ${counts.join(', ')}`, 'Bridges, veth pairs, VLAN and VXLAN devices come first: everything else is plugged into them.', lines, ipBatch(''))
}

/** Constant text; $1 is the mode, a device per line its input. */
const OFFLOAD_SCRIPT = 'while read -r device; do ethtool -K "$device" tx "$1" || exit; done'

/** Checksum offload, in one call per namespace and mode. */
export function renderOffload(diff: HostDiff): StepDraft[] {
  const wanted = [
    ...diff.links.added.filter((link) => link.hasTxChecksumOffload !== undefined && isMade(link)),
    ...diff.links.changed.filter((change) => change.fields.some((field) => field.field === 'tx checksum offload')).map((change) => change.to),
  ]
  const groups = groupBy(wanted, (link) => `${onOff(link.hasTxChecksumOffload ?? true)} ${link.netns}`)
  return [...groups.values()].flatMap((links) => {
    const [first] = links as [Link, ...Link[]]
    const mode = onOff(first.hasTxChecksumOffload ?? true)
    const title = `Transmit checksum offload ${mode} on ${plural(links.length, 'device')}`
    const reason = 'The userspace datapath drops frames whose checksum was left to a card.'
    const argv = inNamespace(first.netns, ['sh', '-c', OFFLOAD_SCRIPT, 'sh', mode])
    return batchStep(title, reason, links.map((link) => link.name), (stdin) => changeCommand(argv, { stdin }))
  })
}

/** Devices inside namespaces whose name is needed for another: an internal port that nobody serves any more. */
export function renderAbandoned(diff: HostDiff): StepDraft[] {
  const abandoned = diff.links.changed.filter((change) => change.to.netns !== '' && change.to.type === 'ovs-internal' && isRemade(change)).map((change) => change.from)
  return [...groupBy(abandoned, (link) => link.netns)].flatMap(([netns, links]) =>
    batchStep(`Remove abandoned ports in ${netns}`, 'Open vSwitch restarted and made new ones outside.', links.map((link) => `link del dev ${link.name}`), ipBatch(netns)),
  )
}

/** Links as they are after the plan that do not exist before it. */
const madeAnew = (diff: HostDiff): Link[] => [...diff.links.added, ...diff.links.changed.filter(isRemade).map((change) => change.to)]

/** Internal ports: those of the root namespace are set up, the others move into their namespace. */
export function renderMoves(diff: HostDiff): StepDraft[] {
  const internal = madeAnew(diff).filter((link) => link.type === 'ovs-internal')
  const here = internal.filter((link) => link.netns === '')
  const lines = [
    ...internal.filter((link) => link.netns !== '').map((link) => `link set dev ${link.name} netns ${link.netns}`),
    ...here.flatMap((link) => settings(link, () => true)),
    ...removedAddresses(diff, ''),
    ...addressLines(diff, ''),
  ]
  const [title, reason] =
    internal.length === 0
      ? ['Addresses', 'The tunnel address, where the host has none of its own.']
      : ['Internal ports: move and address', 'They exist only after Open vSwitch made them; the MTU is set after the move.']
  return batchStep(title, reason, lines, ipBatch(''))
}

function addressLines(diff: HostDiff, netns: string): string[] {
  const routes = [...diff.routes.added, ...diff.routes.changed.map((change) => change.to)].filter((route) => route.netns === netns)
  return [
    ...diff.addresses.added.filter((address) => address.netns === netns).map((address) => `address replace ${address.cidr} dev ${address.link}${address.label === undefined ? '' : ` label ${address.label}`}`),
    // Those without a gateway first: by one of them the kernel may find the gateway of another.
    ...[...routes.filter(({ via }) => !via), ...routes.filter(({ via }) => via)]
      .map((route) => `route replace ${route.destination}${route.via ? ` via ${route.via}` : ''}${route.link ? ` dev ${route.link}` : ''} table ${route.table}`),
    ...diff.rules.added.filter((rule) => rule.netns === netns).map((rule) => `rule add from ${rule.source} lookup ${rule.table} priority ${rule.priority}`),
  ]
}

/** What goes while its link and its namespace stay. */
function removedAddresses(diff: HostDiff, netns: string): string[] {
  const goneLinks = new Set(diff.links.removed.map(linkKey))
  const isLinkGone = (link: string | undefined) => link !== undefined && goneLinks.has(linkKey({ netns, name: link }))
  return [
    ...diff.routes.removed
      .filter((route) => route.netns === netns && !isLinkGone(route.link))
      .map((route) => `route del ${route.destination}${route.via ? ` via ${route.via}` : ''}${route.link ? ` dev ${route.link}` : ''} table ${route.table}`),
    ...diff.rules.removed.filter((rule) => rule.netns === netns).map((rule) => `rule del priority ${rule.priority}`),
    ...diff.addresses.removed
      .filter((address) => address.netns === netns && !isLinkGone(address.link))
      .map((address) => `address del ${address.cidr} dev ${address.link}`),
  ]
}

/** One batch per namespace that stays or appears. */
export function renderInsideNamespaces(diff: HostDiff): StepDraft[] {
  const gone = new Set(diff.namespaces.removed.map((namespace) => namespace.name))
  const names = new Set(
    [
      ...diff.namespaces.changed.map((change) => change.to.name),
      ...[...diff.links.added, ...diff.links.changed.map((change) => change.to)].map((link) => link.netns),
      ...[...diff.addresses.added, ...diff.addresses.removed].map((address) => address.netns),
      ...[...diff.routes.added, ...diff.routes.removed, ...diff.routes.changed.map((change) => change.to)].map((route) => route.netns),
      ...[...diff.rules.added, ...diff.rules.removed].map((rule) => rule.netns),
    ].filter((netns) => netns !== '' && !gone.has(netns)),
  )
  return [...names].flatMap((netns) =>
    batchStep(`Inside ${netns}`, 'Devices are set up where they live.', namespaceLines(diff, netns), ipBatch(netns)),
  )
}

function namespaceLines(diff: HostDiff, netns: string): string[] {
  const marked = diff.namespaces.changed.map((change) => change.to).filter((namespace) => namespace.name === netns && namespace.owner !== null)
  return [
    ...marked.map((namespace) => `link set dev lo alias ${renderAlias(namespace.owner!)} up`),
    ...removedAddresses(diff, netns),
    ...madeAnew(diff).filter((link) => link.netns === netns).flatMap((link) => settings(link, () => true)),
    ...diff.links.changed.filter((change) => change.to.netns === netns && !isRemade(change)).flatMap(changes),
    ...addressLines(diff, netns),
  ]
}

/** Last of all: devices and namespaces that nothing uses any more. */
export function renderLinkRemoval(diff: HostDiff): StepDraft[] {
  const gone = new Set<string>()
  const links = diff.links.removed.filter((link) => link.netns === '' && isMade(link))
  const lines = [
    ...links.flatMap((link) => {
      if (gone.has(linkKey(link))) return []
      // Deleting one veth end deletes the other.
      if (link.peer) gone.add(linkKey(link.peer))
      return [`link del dev ${link.name}`]
    }),
    ...diff.namespaces.removed.map((namespace) => `netns delete ${namespace.name}`),
  ]
  return batchStep('Remove links and namespaces', 'Nothing uses them any more.', lines, ipBatch(''))
}
