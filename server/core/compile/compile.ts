// intent → the desired HostState of a host. Pure: every choice (local VLAN, MAC, address) was made and stored
// before; nothing here depends on what a host has. One file per feature, each returning a fragment; what depends on the
// host's agent is in a folder of that agent, behind one interface (agent-driver.ts).

import { emptyHostState, mergeHostStates, type HostState } from '../host/host-state'
import { invariant } from '../invariant'
import { findById } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import type { Topology } from '../topology/topology'
import { driverOf } from './agent-drivers'
import { agree } from './agree'
import { compileDhcp } from './dhcp'
import { compileRestoreUnit } from './restore-unit'
import { hostPart, isSamePart } from './host-part'
import { hostScope } from './scope'
import { compileVm } from './vm'

/**
 * Empty for a host that is only registered. The same state, object for object, while an edit changes nothing of the part of the design that
 * concerns the host.
 */
export function compileHost(topology: Topology, hostId: string): HostState {
  const host = findById(topology.hosts, hostId)
  invariant(host, `no host ${hostId}`)
  if (!host.isPrepared) return emptyHostState
  const before = lastCompiled.get(host)
  if (before?.topology === topology) return before.state
  const part = hostPart(topology, hostId)
  const state = before && isSamePart(before.part, part) ? before.state : compilePart(part, hostId)
  lastCompiled.set(host, { topology, part, state })
  return state
}

interface Compiled {
  readonly topology: Topology
  readonly part: Topology
  readonly state: HostState
}

/** The last one of each host, forgotten with it: an edit of a host makes another one. */
const lastCompiled = new WeakMap<Host, Compiled>()

function compilePart(part: Topology, hostId: string): HostState {
  const scope = hostScope(part, hostId)
  const state = agree(
    mergeHostStates([
      driverOf(scope.host).compileWiring(scope),
      ...scope.dhcpPorts.map((port) => compileDhcp(scope, port)),
      ...scope.vms.map((vm) => compileVm(scope, vm)),
    ]),
  )
  return { ...state, ...compileRestoreUnit(scope, state) }
}
