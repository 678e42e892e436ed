// Blast radius: which ports lose packets while a plan runs, including neighbours that nobody edited. Read off the resource
// changes by their owners, so it cannot promise less than the commands do.

import { findById, labelPort, labelUplink, subPortOf } from '../topology/find'
import type { NestedUplink, Topology } from '../topology/topology'
import type { HostPlan, Impact, ImpactKind, ResourceChange } from './plan'

export function findImpacts(hosts: readonly HostPlan[], desired: Topology, base: Topology): Impact[] {
  const own = hosts.flatMap((host) => [...hostImpacts(host, desired, base), ...uplinkImpacts(host, desired, base)])
  return [...own, ...innerImpacts(own, desired)]
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
  if (!vm || !change || change.action === 'create' || isPluggedLive(change, host)) return null
  return { kind: 'rebuilt', reason: `VM ${vm.name} is restarted: ${change.fields.map((field) => field.field).join(', ')}` }
}

/** Its NICs come and go while it runs: the plan has no step that stops it. */
const isPluggedLive = ({ key, fields }: ResourceChange, { steps }: HostPlan): boolean =>
  fields.length === 1 && fields[0]!.field === 'interfaces' && !steps.some(({ command: { argv } }) => argv.includes('destroy') && argv.includes(key))

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

function uplinkImpacts(host: HostPlan, desired: Topology, base: Topology): Impact[] {
  const uplinks = new Map([...base.nestedUplinks, ...desired.nestedUplinks].map((uplink) => [uplink.id, uplink]))
  return [...uplinks.values()].flatMap((uplink) => {
    const found = uplinkImpact(uplink, host, desired, base)
    const named = desired.nestedUplinks.includes(uplink) ? desired : base
    return found ? [{ ...found, hostId: host.hostId, portId: null, label: labelUplink(named, uplink) }] : []
  })
}

function uplinkImpact(uplink: NestedUplink, host: HostPlan, desired: Topology, base: Topology): Found | null {
  const mine = host.changes.filter(({ owner, kind }) => owner?.kind === 'uplink' && owner.id === uplink.id && (kind === 'links' || kind === 'ovsPorts'))
  const [first] = mine
  if (!first) return null
  if (!findById(desired.nestedUplinks, uplink.id)) return { kind: 'removed', reason: 'its NIC is unplugged from the running VM' }
  if (mine.every(({ action }) => action === 'create') && !findById(base.nestedUplinks, uplink.id)) return { kind: 'new', reason: 'a NIC is plugged into the running VM' }
  return { kind: 'interrupted', reason: `${first.label} ${first.action === 'create' ? 'is missing and made anew' : 'changes'}` }
}

/** A host that is a VM goes down with the VM, and its wire with the uplink: what runs in it loses packets although it is not edited. */
function innerImpacts(own: readonly Impact[], topology: Topology): Impact[] {
  const named = new Set(own.map(({ portId }) => portId))
  return topology.hosts.flatMap((host) => {
    const reason = innerReason(own, host.vmId, topology)
    if (reason === null) return []
    const ports = topology.ports.filter((port) => port.hostId === host.id && !named.has(port.id))
    return ports.map((port): Impact => ({ kind: 'interrupted', hostId: host.id, portId: port.id, label: portLabel(port.id, topology, topology), reason }))
  })
}

function innerReason(own: readonly Impact[], vmId: string | undefined, topology: Topology): string | null {
  const vm = findById(topology.vms, vmId)
  if (!vm) return null
  if (own.some(({ kind, portId }) => kind === 'rebuilt' && portId !== null && vm.portIds.includes(portId))) return `its host is VM ${vm.name}, which is restarted`
  const uplinks = topology.nestedUplinks.filter((uplink) => uplink.vmId === vm.id).map((uplink) => labelUplink(topology, uplink))
  const broken = own.find(({ kind, portId, label }) => kind === 'interrupted' && portId === null && uplinks.includes(label))
  return broken ? `it reaches other hosts by the ${broken.label}, which is interrupted` : null
}
