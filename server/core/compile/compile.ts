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
import { compileGatewayMember } from './gateway/member'
import { compileRouter } from './router'
import { compileRestoreUnit } from './restore-unit'
import { hostPart, isSameList, isSamePart, topologyOf, type HostPart } from './host-part'
import { startMaking, type Pieces, type StatePiece } from './pieces'
import { hostScope } from './scope'
import { compileSecurityGroups } from './security-groups/security-groups'
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
  const part = hostPart(topology, host)
  const compiled = before && isSamePart(before.made.part, part) ? before : compilePart(part, before)
  lastCompiled.set(host, { ...compiled, topology })
  return compiled.state
}

interface Compiled {
  readonly state: HostState
  /** That it is made of, in order. */
  readonly pieces: readonly StatePiece[]
  readonly made: Pieces
}

/** The last one of each host, forgotten with it: an edit of a host makes another one. */
const lastCompiled = new WeakMap<Host, Compiled & { readonly topology: Topology }>()

function compilePart(part: HostPart, before: Compiled | undefined): Compiled {
  const { made, piece } = startMaking(before?.made, part)
  const scope = hostScope(topologyOf(part), part.host.id, piece)
  const pieces = [
    ...driverOf(scope.host).compileWiring(scope),
    ...scope.dhcpPorts.map((port) => piece(`dhcp/${port.id}`, port.networkId, () => compileDhcp(scope, port))),
    ...scope.routers
      .filter(({ isAdminStateUp }) => isAdminStateUp)
      .map((router) => piece(`router/${router.id}`, null, () => compileRouter(scope, router))),
    ...part.members.map((member) => piece(`gateway/${member.cluster.id}`, null, () => compileGatewayMember(scope, member))),
    piece('securityGroups', null, () => compileSecurityGroups(scope)),
    piece('vms', null, () => mergeHostStates(scope.vms.map((vm) => compileVm(scope, vm)))),
  ]
  if (before && isSameList(before.pieces, pieces)) return { ...before, made }
  const state = agree(mergeHostStates(pieces))
  return { state: { ...state, ...compileRestoreUnit(scope, state) }, pieces, made }
}
