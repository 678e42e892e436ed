// Edits of hosts, as far as the design goes; how a host is entered is kept elsewhere (effects/db) and never seen here.

import { traitsOf } from '../../../agents/agent-traits'
import { drawMac } from '../../allocate/mac-address'
import { refused, type TopologyEdit } from '../../edit'
import { findById, mapChanged, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { DVR_MAC_BASE } from '../../mac'
import type { HostPatch, ParsedHostRegistration } from './host-input'
import { checkHost } from './host-rules'
import { checkAgentKept, checkHostRemoval, checkHostUse } from './host-use-rules'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { AgentKind, BridgeMapping, Host } from './host'
import { conflict, missing } from '../../violation'
import type { KindEdits } from '../kind-edits'

export function createHost(input: ParsedHostRegistration, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const {
      name,
      roles,
      availabilityZone,
      agentKind,
      datapathType,
      virtType,
      isReadOnly,
      isAgentAccepted,
      hasRestoreUnit,
      hasBridgeNetfilter,
      isSchedulable,
      tunnel,
      bridgeMappings,
      vmId,
    } = input
    const host: Host = {
      id: ids.uuid(),
      name,
      roles,
      availabilityZone,
      agentKind,
      datapathType,
      virtType,
      hasKvm: false,
      isPrepared: false,
      isReadOnly,
      isAgentAccepted,
      adoptedHostIds: [],
      hasRestoreUnit,
      hasBridgeNetfilter,
      isSchedulable,
      tunnel,
      bridgeMappings: namedBridges(agentKind, bridgeMappings),
      dvrMac: allocateDvrMac(topology, ids),
      ...withVm(vmId),
    }
    return settle({ ...topology, hosts: put(topology.hosts, host) }, checkHost(topology, host), { id: host.id }, ids)
  }
}

export function updateHost(id: string, patch: HostPatch, ids: IdSource): TopologyEdit<{ id: string }> {
  return changeHost(id, (before) => applyPatch(before, patch), ids, patch)
}

/** A name given to a Linux bridge host, or left from before it was one, would name nothing. */
const namedBridges = (agentKind: AgentKind, mappings: readonly BridgeMapping[]): readonly BridgeMapping[] =>
  traitsOf({ agentKind }).hasProviderBridges ? mappings : mappings.map((mapping) => ({ ...mapping, bridge: '' }))

const applyPatch = ({ vmId, ...before }: Host, patch: HostPatch): Host => ({
  ...before,
  ...withVm(patch.vmId === undefined ? vmId : patch.vmId),
  name: patch.name ?? before.name,
  roles: patch.roles ?? before.roles,
  availabilityZone: patch.availabilityZone ?? before.availabilityZone,
  agentKind: patch.agentKind ?? before.agentKind,
  datapathType: patch.datapathType ?? before.datapathType,
  virtType: patch.virtType ?? before.virtType,
  hasKvm: patch.hasKvm ?? before.hasKvm,
  ...whatMayBeDone(before, patch),
  tunnel: patch.tunnel === undefined ? before.tunnel : patch.tunnel,
  bridgeMappings: namedBridges(patch.agentKind ?? before.agentKind, patch.bridgeMappings ?? before.bridgeMappings),
})

const whatMayBeDone = (before: Omit<Host, 'vmId'>, patch: HostPatch) => ({
  isReadOnly: patch.isReadOnly ?? before.isReadOnly,
  isAgentAccepted: patch.isAgentAccepted ?? before.isAgentAccepted,
  hasRestoreUnit: patch.hasRestoreUnit ?? before.hasRestoreUnit,
  hasBridgeNetfilter: patch.hasBridgeNetfilter ?? before.hasBridgeNetfilter,
  isSchedulable: patch.isSchedulable ?? before.isSchedulable,
})

const withVm = (vmId: string | null | undefined): Pick<Host, 'vmId'> => (vmId == null ? {} : { vmId })

/** Prepared: its bridges are wanted, built by the next plan. */
export function setHostPrepared(id: string, isPrepared: boolean, ids: IdSource): TopologyEdit<{ id: string }> {
  return changeHost(id, (before) => ({ ...before, isPrepared }), ids)
}

/** Takes over what an earlier registration of the same machine left on it. */
export function adoptHost(id: string, formerId: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const inUse = findById(topology.hosts, formerId)
    if (inUse) return refused(conflict('adopt-former', 'formerId', { host: inUse.name }, [inUse.name]))
    return changeHost(
      id,
      (before) => ({ ...before, adoptedHostIds: [...new Set([...before.adoptedHostIds, formerId])].sort() }),
      ids,
    )(topology)
  }
}

function changeHost(id: string, change: (before: Host) => Host, ids: IdSource, patch: HostPatch = {}): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.hosts, id)
    if (!before) return refused(missing('host', 'id'))
    const host = change(before)
    const next = { ...topology, hosts: put(topology.hosts, host) }
    const violations = [
      ...checkSeen(topology, 'host', before, patch),
      ...checkHost(next, host),
      ...checkAgentKept(before, host),
      ...checkHostUse(next, host),
    ]
    return settle(next, violations, { id }, ids)
  }
}

export function removeHost(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const host = findById(topology.hosts, id)
    if (!host) return refused(missing('host', 'id'))
    const next = { ...topology, hosts: othersThan(topology.hosts, host), hostAggregates: withoutHost(topology.hostAggregates, id) }
    return settle(next, checkHostRemoval(topology, host), { id }, ids)
  }
}

const withoutHost = (aggregates: Topology['hostAggregates'], hostId: string) =>
  mapChanged(aggregates, (aggregate) =>
    aggregate.hostIds.includes(hostId) ? { ...aggregate, hostIds: aggregate.hostIds.filter((id) => id !== hostId) } : aggregate,
  )

/** One per host, in no other use. */
function allocateDvrMac({ hosts }: Topology, ids: IdSource): string {
  return drawMac(DVR_MAC_BASE, new Set(hosts.map((host) => host.dvrMac)), ids)
}

/** Registered and changed together with the way it is entered (effects/db/host-store.ts). */
export const hostEdits = { remove: (id, { ids }) => removeHost(id, ids) } satisfies KindEdits
