// The VM itself, as a libvirt domain whose NICs are taps on the ports' qbr bridges, or on their networks' brq, and on br-data for
// nested uplinks.

import type { DomainInterface } from '../host/domain'
import type { HostState } from '../host/host-state'
import { invariant } from '../invariant'
import { brqName, qbrName, tapName } from '../naming'
import type { Vm } from '../topology/topology'
import { uplinkInterface } from './nested-uplink'
import { isLinuxBridge, type HostScope } from './scope'

export const domainName = (vmId: string): string => `instance-${vmId.slice(0, 8)}`

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
        interfaces: [
          ...vm.portIds.map((portId) => domainInterface(scope, portId)),
          ...scope.nestedUplinks.filter((uplink) => uplink.vmId === vm.id).map((uplink) => uplinkInterface(scope, uplink)),
        ],
        hasGuestAgent: true,
      },
    ],
  }
}

function domainInterface(scope: HostScope, portId: string): DomainInterface {
  const port = scope.vmPorts.find((candidate) => candidate.id === portId)
  invariant(port, `port ${portId} of a VM is not bound to its host ${scope.host.id}`)
  return {
    type: 'bridge',
    source: isLinuxBridge(scope) ? brqName(port.networkId) : qbrName(port.id),
    target: tapName(port.id),
    macAddress: port.macAddress,
    mtu: scope.network(port.networkId).mtu,
    model: 'virtio',
  }
}
