// The VM itself, as a libvirt domain whose NICs are taps on the bridges that its host's agent plugs ports into.

import type { DomainInterface } from '../host/domain'
import type { HostState } from '../host/host-state'
import { invariant } from '../invariant'
import { tapName } from '../naming'
import { findById } from '../topology/find'
import type { Vm } from '../topology/kinds/vm/vm'
import { driverOf } from './agent-drivers'
import type { HostScope } from './scope'

const domainName = (vmId: string): string => `instance-${vmId.slice(0, 8)}`

export function compileVm(scope: HostScope, vm: Vm): Partial<HostState> {
  return {
    domains: [
      {
        uuid: vm.id,
        name: domainName(vm.id),
        title: vm.name,
        owner: { kind: 'vm', id: vm.id },
        isRunning: true,
        memoryMib: vm.memoryMib,
        vcpus: vm.vcpus,
        virtType: vm.virtType,
        boot: vm.boot,
        interfaces: [...vm.portIds.map((portId) => domainInterface(scope, portId)), ...driverOf(scope.host).otherNics(scope, vm)],
        hasGuestAgent: true,
      },
    ],
  }
}

function domainInterface(scope: HostScope, portId: string): DomainInterface {
  const port = findById(scope.vmPorts, portId)
  invariant(port, `port ${portId} of a VM is not bound to its host ${scope.host.id}`)
  return {
    type: 'bridge',
    source: driverOf(scope.host).vmBridge(port),
    target: tapName(port.id),
    macAddress: port.macAddress,
    mtu: scope.network(port.networkId).mtu,
    model: 'virtio',
  }
}
