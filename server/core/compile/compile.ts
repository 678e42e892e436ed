// intent → the desired HostState of a host. Pure: every choice (local VLAN, MAC, address) was made and stored
// before; nothing here depends on what a host has. One file per feature, each returning a fragment; what depends on the
// host's agent is in a folder of that agent, behind one interface (agent-driver.ts).

import { emptyHostState, mergeHostStates, type HostState } from '../host/host-state'
import type { Topology } from '../topology/topology'
import { driverOf } from './agent-drivers'
import { agree } from './agree'
import { compileDhcp } from './dhcp'
import { compileRestoreUnit } from './restore-unit'
import { hostScope } from './scope'
import { compileVm } from './vm'

/** Empty for a host that is only registered. */
export function compileHost(topology: Topology, hostId: string): HostState {
  const scope = hostScope(topology, hostId)
  if (!scope.host.isPrepared) return emptyHostState
  const state = agree(
    mergeHostStates([
      driverOf(scope.host).compileWiring(scope),
      ...scope.dhcpPorts.map((port) => compileDhcp(scope, port)),
      ...scope.vms.map((vm) => compileVm(scope, vm)),
    ]),
  )
  return { ...state, ...compileRestoreUnit(scope, state) }
}
