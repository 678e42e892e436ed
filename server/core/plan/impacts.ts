// Blast radius: which ports lose packets while a plan runs, including neighbours that nobody edited. Read off the resource
// changes by their owners, so it cannot promise less than the commands do.

import { labelPort, subPortOf } from '../topology/find'
import type { Topology } from '../topology/topology'
import type { HostPlan, Impact, ImpactKind, ResourceChange } from './plan'

export function findImpacts(hosts: readonly HostPlan[], desired: Topology, base: Topology): Impact[] {
  return hosts.flatMap((host) => hostImpacts(host, desired, base))
}

function hostImpacts(host: HostPlan, desired: Topology, base: Topology): Impact[] {
  const portIds = new Set([...desired.ports, ...base.ports].filter((port) => port.hostId === host.hostId).map((port) => port.id))
  return [...portIds].flatMap((portId) => {
    const found = portImpact(portId, host, desired, base)
    return found ? [{ ...found, hostId: host.hostId, portId, label: portLabel(portId, desired, base) }] : []
  })
}

type Found = { readonly kind: ImpactKind; readonly reason: string }

function portImpact(portId: string, host: HostPlan, desired: Topology, base: Topology): Found | null {
  const mine = host.changes.filter((change) => change.owner?.kind === 'port' && change.owner.id === portId)
  const device = mine.filter((change) => change.kind === 'ovsPorts' || change.kind === 'links')
  if (device.some((change) => change.action === 'remove')) {
    return desired.ports.some((port) => port.id === portId && port.hostId === host.hostId)
      ? { kind: 'rebuilt', reason: 'its devices are made anew' }
      : { kind: 'removed', reason: 'the port leaves this host' }
  }
  if (device.some((change) => change.action === 'create' && (change.kind === 'ovsPorts' || isOnLinuxBridge(host, desired))) || isVmNew(portId, host, desired)) {
    return base.ports.some((port) => port.id === portId && port.hostId === host.hostId)
      ? { kind: 'rebuilt', reason: 'its devices are missing and made anew' }
      : { kind: 'new', reason: 'the port is plugged for the first time' }
  }
  return vmRebuilt(portId, host, desired) ?? changedPort(mine) ?? changedNetwork(portId, host, desired) ?? lostBridge(host)
}

/** There a port is its devices, or a NIC of the VM and nothing more. */
const isOnLinuxBridge = ({ hostId }: HostPlan, { hosts }: Topology): boolean => hosts.find(({ id }) => id === hostId)?.agentKind === 'linuxbridge'

const isVmNew = (portId: string, host: HostPlan, desired: Topology): boolean =>
  isOnLinuxBridge(host, desired) && host.changes.some(({ kind, action, key }) => kind === 'domains' && action === 'create' && desired.vms.some((vm) => vm.id === key && vm.portIds.includes(portId)))

function vmRebuilt(portId: string, host: HostPlan, desired: Topology): Found | null {
  const vm = desired.vms.find((candidate) => candidate.portIds.includes(portId))
  const change = host.changes.find((candidate) => candidate.kind === 'domains' && candidate.key === vm?.id)
  if (!vm || !change || change.action === 'create') return null
  return { kind: 'rebuilt', reason: `VM ${vm.name} is restarted: ${change.fields.map((field) => field.field).join(', ')}` }
}

function changedPort(mine: readonly ResourceChange[]): Found | null {
  const change = mine.find((candidate) => (candidate.action !== 'create' || candidate.kind !== 'flows') && !isRecordOnly(candidate))
  return change ? { kind: 'interrupted', reason: `${change.label} changes` } : null
}

/** external_ids are notes: a parent that gets another subport forwards on. */
const isRecordOnly = ({ action, fields }: ResourceChange): boolean =>
  action === 'change' && fields.length > 0 && fields.every(({ field }) => /^(interface )?external_ids:/.test(field))

/** A change of the network's own flows moves every port of it on this host. */
function changedNetwork(portId: string, host: HostPlan, desired: Topology): Found | null {
  const networkId = desired.ports.find((port) => port.id === portId)?.networkId
  const change = host.changes.find(
    (candidate) => candidate.owner?.kind === 'network' && candidate.owner.id === networkId && candidate.kind === 'flows' && candidate.action !== 'create',
  )
  return change ? { kind: 'interrupted', reason: `${change.label} changes for the whole network` } : null
}

/** Losing or rebuilding a shared bridge or patch port stops everybody. */
function lostBridge(host: HostPlan): Found | null {
  const change = host.changes.find(
    (candidate) => candidate.owner?.kind === 'host' && candidate.action !== 'create' && (candidate.kind === 'ovsBridges' || candidate.kind === 'ovsPorts'),
  )
  return change ? { kind: 'interrupted', reason: `${change.label} is shared by all ports of the host` } : null
}

function portLabel(portId: string, desired: Topology, base: Topology): string {
  for (const topology of [desired, base]) {
    const port = topology.ports.find((candidate) => candidate.id === portId)
    if (!port) continue
    const vm = topology.vms.find((candidate) => candidate.portIds.includes(portId))
    const isSubPort = subPortOf(topology, portId) !== null
    const address = port.fixedIps[0]?.ipAddress ?? port.macAddress
    if (isSubPort) return `${labelPort(topology, port)} (${address})`
    return vm ? `${vm.name} (${address})` : `${port.name || 'DHCP'} (${address})`
  }
  return portId
}
