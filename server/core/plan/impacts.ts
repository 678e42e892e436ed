// Blast radius: which ports lose packets while a plan runs, including neighbours that nobody edited, and what goes that is of no design here
// (another registration's, after it was adopted). Read off the resource changes by their owners, so it cannot promise less than the commands do.

import { traitsOf } from '../agents/agent-traits'
import type { AgentTraits } from '../agents/traits'
import { groupBy } from '../group-by'
import { LIVE_FIELDS } from '../kinds/domains/domain-change'
import { renderOwner, type Owner } from '../naming'
import { oncePer } from '../once-per'
import { findById } from '../topology/find'
import { labelUplink } from '../topology/kinds/nested-uplink/nested-uplink-label'
import { labelPort } from '../topology/kinds/port/port-label'
import { vmOfPort } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import type { NestedUplink } from '../topology/kinds/nested-uplink/nested-uplink'
import type { Topology } from '../topology/topology'
import { movedPort, movedUplink, type Planned } from './move-impacts'
import { egressChain, ingressChain, sourceChain } from '../compile/security-groups/chain-names'
import { findMoves } from './moves'
import type { HostPlan, Impact, ImpactKind, ResourceChange } from './plan'
import type { ImpactReason } from './plan-params'

export function findImpacts(hosts: readonly HostPlan[], desired: Topology, base: Topology): Impact[] {
  const planned = { hosts, moves: findMoves(hosts, desired), desired, base }
  const own = hosts.flatMap((host) => [...hostImpacts(host, planned), ...uplinkImpacts(host, planned)])
  return [...own, ...innerImpacts(own, desired), ...hosts.flatMap((host) => strangerImpacts(host, [desired, base]))]
}

const IN_USE: ReadonlySet<ResourceChange['kind']> = new Set(['domains', 'ovsPorts', 'links'])

/** VMs, ports and uplinks that go and that neither design knows, each by the first of what goes of it. */
function strangerImpacts(host: HostPlan, topologies: readonly Topology[]): Impact[] {
  const known = new Set(topologies.flatMap(({ vms, ports, nestedUplinks }) => [...vms, ...ports, ...nestedUplinks]).map(({ id }) => id))
  const gone = host.changes.filter(
    ({ action, kind, owner }) =>
      action === 'remove' && IN_USE.has(kind) && owner !== null && ['vm', 'port', 'uplink'].includes(owner.kind) && !known.has(owner.id),
  )
  return [...groupBy(gone, ({ owner }) => renderOwner(owner!)).values()].map(([first]) => ({
    ...found('removed', { code: 'of-no-design', params: {} }),
    hostId: host.hostId,
    portId: null,
    label: first!.label,
  }))
}

function hostImpacts(host: HostPlan, planned: Planned): Impact[] {
  const { desired, base } = planned
  const portIds = new Set([desired, base].flatMap((topology) => presenceOf(topology).portsOn(host.hostId)).map((port) => port.id))
  return [...portIds].flatMap((portId) => {
    const moved = movedPort(portId, host.hostId, planned)
    const impact = moved === undefined ? portImpact(portId, host, desired, base) : moved
    return impact ? [{ ...impact, hostId: host.hostId, portId, label: portLabel(portId, desired, base) }] : []
  })
}

type Found = Pick<Impact, 'kind' | 'reason'>
const found = (kind: ImpactKind, reason: ImpactReason): Found => ({ kind, reason })

/** A host may have many ports, and a plan many changes: they are gone through once. */
const changesByOwner = oncePer(({ changes }: HostPlan) => groupBy(changes, ({ owner }) => owner && renderOwner(owner)))
const changesOf = (host: HostPlan, owner: Owner): readonly ResourceChange[] => changesByOwner(host).get(renderOwner(owner)) ?? []

function portImpact(portId: string, host: HostPlan, desired: Topology, base: Topology): Found | null {
  const mine = changesOf(host, { kind: 'port', id: portId })
  const device = mine.filter((change) => change.kind === 'ovsPorts' || change.kind === 'links')
  if (device.some((change) => change.action === 'remove')) {
    return presenceOf(desired).isOn(portId, host.hostId)
      ? found('rebuilt', { code: 'made-anew', params: {} })
      : found('removed', { code: 'leaves-host', params: {} })
  }
  if (
    device.some(
      (change) => change.action === 'create' && (change.kind === 'ovsPorts' || change.kind === traitsOn(host, desired)?.plugKind),
    ) ||
    isVmNew(portId, host, desired)
  ) {
    return presenceOf(base).isOn(portId, host.hostId)
      ? found('rebuilt', { code: 'missing-made-anew', params: {} })
      : found('new', { code: 'plugged-first', params: {} })
  }
  return (
    vmRebuilt(portId, host, desired) ??
    changedPort(mine) ??
    changedNetwork(portId, host, desired) ??
    lostBridge(host) ??
    filteredAnew(portId, host)
  )
}

function traitsOn({ hostId }: HostPlan, { hosts }: Topology): AgentTraits | null {
  const host = findById(hosts, hostId)
  return host && traitsOf(host)
}

const isVmNew = (portId: string, host: HostPlan, desired: Topology): boolean =>
  traitsOn(host, desired)?.isPlugInVm === true &&
  host.changes.some(({ kind, action, key }) => kind === 'domains' && action === 'create' && key === vmOfPort(desired.vms, portId)?.id)

function vmRebuilt(portId: string, host: HostPlan, desired: Topology): Found | null {
  const vm = vmOfPort(desired.vms, portId)
  const change = host.changes.find((candidate) => candidate.kind === 'domains' && candidate.key === vm?.id)
  if (!vm || !change || change.action === 'create' || isMendedLive(change, host)) return null
  return found('rebuilt', { code: 'vm-restarted', params: { vm: vm.name, fields: change.fields.map(({ field }) => field) } })
}

/** Mended while it runs: the plan has no step that stops it. */
const isMendedLive = ({ key, fields }: ResourceChange, { steps }: HostPlan): boolean =>
  fields.length > 0 &&
  fields.every(({ field }) => LIVE_FIELDS.has(field)) &&
  !steps.some(({ command: { argv } }) => argv.includes('destroy') && argv.includes(key))

function changedPort(mine: readonly ResourceChange[]): Found | null {
  const change = mine.find((candidate) => (candidate.action !== 'create' || candidate.kind !== 'flows') && !isRecordOnly(candidate))
  return change ? found('interrupted', { code: 'resource-changes', params: { resource: change.label } }) : null
}

/** external_ids are notes: a parent that gets another subport forwards on. */
const isRecordOnly = ({ action, fields }: ResourceChange): boolean =>
  action === 'change' && fields.length > 0 && fields.every(({ field }) => /^(interface )?external_ids:/.test(field))

/** A change of the network's own flows moves every port of it on this host. */
function changedNetwork(portId: string, host: HostPlan, desired: Topology): Found | null {
  const networkId = findById(desired.ports, portId)?.networkId
  const change = changesOf(host, { kind: 'network', id: networkId ?? '' }).find(
    ({ kind, action }) => kind === 'flows' && action !== 'create',
  )
  return change ? found('interrupted', { code: 'network-changes', params: { resource: change.label } }) : null
}

/** Losing or rebuilding a shared bridge or patch port stops everybody. */
function lostBridge(host: HostPlan): Found | null {
  const change = host.changes.find(
    (candidate) =>
      candidate.owner?.kind === 'host' &&
      candidate.action !== 'create' &&
      (candidate.kind === 'ovsBridges' || candidate.kind === 'ovsPorts'),
  )
  return change ? found('interrupted', { code: 'shared-changes', params: { resource: change.label } }) : null
}

/** Names of chains. */
const filtersChanged = oncePer(
  ({ changes }: HostPlan): ReadonlySet<string> =>
    new Set(changes.flatMap(({ kind, key }) => (kind === 'iptables' ? (/\/filter\/([^/]+)$/.exec(key)?.[1] ?? []) : []))),
)

/** Its chains are told by their name alone: iptables has no place for a mark. */
function filteredAnew(portId: string, host: HostPlan): Found | null {
  const isChanged = [ingressChain, egressChain, sourceChain].some((chainOf) => filtersChanged(host).has(chainOf({ id: portId })))
  return isChanged ? found('filtered', { code: 'filter-changes', params: {} }) : null
}

function portLabel(portId: string, desired: Topology, base: Topology): string {
  for (const topology of [desired, base]) {
    const port = findById(topology.ports, portId)
    if (!port) continue
    const vm = vmOfPort(topology.vms, portId)
    const address = port.fixedIps[0]?.ipAddress ?? port.macAddress
    const label = vm?.name ?? labelPort(topology, port)
    return label === address ? label : `${label} (${address})`
  }
  return portId
}

function uplinkImpacts(host: HostPlan, planned: Planned): Impact[] {
  const { desired, base } = planned
  const uplinks = new Map([...base.nestedUplinks, ...desired.nestedUplinks].map((uplink) => [uplink.id, uplink]))
  return [...uplinks.values()].flatMap((uplink) => {
    const moved = movedUplink(uplink, host.hostId, planned)
    const impact = moved === undefined ? uplinkImpact(uplink, host, desired, base) : moved
    const named = desired.nestedUplinks.includes(uplink) ? desired : base
    return impact ? [{ ...impact, hostId: host.hostId, portId: null, label: labelUplink(named, uplink) }] : []
  })
}

function uplinkImpact(uplink: NestedUplink, host: HostPlan, desired: Topology, base: Topology): Found | null {
  const mine = changesOf(host, { kind: 'uplink', id: uplink.id }).filter(({ kind }) => kind === 'links' || kind === 'ovsPorts')
  const [first] = mine
  if (!first) return null
  if (!findById(desired.nestedUplinks, uplink.id)) return found('removed', { code: 'uplink-unplugged', params: {} })
  if (mine.every(({ action }) => action === 'create') && !findById(base.nestedUplinks, uplink.id))
    return found('new', { code: 'uplink-plugged', params: {} })
  return found('interrupted', {
    code: first.action === 'create' ? 'resource-missing' : 'resource-changes',
    params: { resource: first.label },
  })
}

/** A host that is a VM goes down with the VM, and its wire with the uplink: what runs in it loses packets although it is not edited. */
function innerImpacts(own: readonly Impact[], topology: Topology): Impact[] {
  const named = new Set(own.map(({ portId }) => portId))
  return topology.hosts.flatMap((host) => {
    const reason = innerReason(own, host.vmId, topology)
    if (reason === null) return []
    const ports = presenceOf(topology)
      .portsOn(host.id)
      .filter((port) => !named.has(port.id))
    return ports.map((port): Impact => ({
      kind: 'interrupted',
      hostId: host.id,
      portId: port.id,
      label: portLabel(port.id, topology, topology),
      reason,
    }))
  })
}

function innerReason(own: readonly Impact[], vmId: string | undefined, topology: Topology): ImpactReason | null {
  const vm = findById(topology.vms, vmId)
  if (!vm) return null
  if (own.some(({ kind, portId }) => kind === 'rebuilt' && portId !== null && vm.portIds.includes(portId)))
    return { code: 'inner-host-restarted', params: { vm: vm.name } }
  const uplinks = topology.nestedUplinks.filter((uplink) => uplink.vmId === vm.id).map((uplink) => labelUplink(topology, uplink))
  const broken = own.find(({ kind, portId, label }) => kind === 'interrupted' && portId === null && uplinks.includes(label))
  return broken ? { code: 'inner-uplink-interrupted', params: { uplink: broken.label } } : null
}
