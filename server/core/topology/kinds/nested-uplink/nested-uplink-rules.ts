// Rules of nested uplinks, and of hosts that are VMs of the design (reference §15).

import { traitsOf } from '../../../agents/agent-traits'
import { uplinkDeviceNames } from '../../../naming'
import { findById, othersThan } from '../../find'
import { labelUplink } from '../../labels'
import type { Host, NestedUplink, Topology, Vm } from '../../topology'
import { conflict, missing, type Violation } from '../../violation'
import { uplinkTo } from '../../wire'
import { chosenDevices } from '../host/device-rules'

export function checkUplink(topology: Topology, uplink: NestedUplink): Violation[] {
  const [vm, physicalNetwork] = [findById(topology.vms, uplink.vmId), findById(topology.physicalNetworks, uplink.physicalNetworkId)]
  const unknown = [...(vm ? [] : [missing('vm', 'vmId')]), ...(physicalNetwork ? [] : [missing('physicalNetwork', 'physicalNetworkId')])]
  if (!vm || !physicalNetwork) return unknown
  const taken = othersThan(topology.nestedUplinks, uplink).find((other) => other.vmId === vm.id && other.physicalNetworkId === physicalNetwork.id)
  return [...(taken ? [conflict('uplink-unique', 'physicalNetworkId', { vm: vm.name, physicalNetwork: physicalNetwork.name }, [vm.name])] : []), ...checkUplinkHost(topology, vm, uplink)]
}

function checkUplinkHost(topology: Topology, vm: Vm, uplink: NestedUplink): Violation[] {
  const host = findById(topology.hosts, vm.hostId)
  if (!host) return [missing('host', 'vmId')]
  return checkUplinkBridge(topology, host, uplink, { agentKind: 'vmId', mapping: 'physicalNetworkId' })
}

function checkUplinkBridge(topology: Topology, host: Host, uplink: NestedUplink, field: { readonly agentKind: string; readonly mapping: string }): Violation[] {
  const label = labelUplink(topology, uplink)
  if (!traitsOf(host).hasProviderBridges) return [conflict('uplink-openvswitch', field.agentKind, { host: host.name, uplink: label }, [host.name])]
  if (host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === uplink.physicalNetworkId)) return []
  const name = findById(topology.physicalNetworks, uplink.physicalNetworkId)?.name ?? uplink.physicalNetworkId
  return [conflict('uplink-mapping', field.mapping, { host: host.name, physicalNetwork: name, uplink: label }, [name])]
}

/** Bridges that uplinks of its VMs are plugged into stay. */
export function checkHostUplinks(topology: Topology, host: Host): Violation[] {
  const own = topology.nestedUplinks.filter((uplink) => findById(topology.vms, uplink.vmId)?.hostId === host.id)
  return own.flatMap((uplink) => [
    ...checkUplinkBridge(topology, host, uplink, { agentKind: 'agentKind', mapping: 'bridgeMappings' }),
    ...checkUplinkDevices(topology, host, uplink),
  ])
}

/** Two devices cannot share a name. An uplink that comes later is numbered past them (nested-uplink-edits.ts). */
function checkUplinkDevices(topology: Topology, host: Host, uplink: NestedUplink): Violation[] {
  const made = uplinkDeviceNames(uplink.number)
  const label = labelUplink(topology, uplink)
  return chosenDevices(host)
    .filter(({ name }) => made.includes(name))
    .map(({ name, field }) => conflict('uplink-device', field, { device: name, host: host.name, uplink: label }, [label]))
}

export function checkHostVm(topology: Topology, host: Host): Violation[] {
  if (host.vmId === undefined) return []
  const vm = findById(topology.vms, host.vmId)
  if (!vm) return [missing('vm', 'vmId')]
  const taken = othersThan(topology.hosts, host).find((other) => other.vmId === vm.id)
  if (taken) return [conflict('host-vm-unique', 'vmId', { vm: vm.name, host: taken.name }, [taken.name])]
  if (!runsInside(topology, vm, host)) return []
  return [conflict('host-inside-itself', 'vmId', { vm: vm.name, host: host.name }, [vm.name])]
}

function runsInside({ hosts, vms }: Topology, vm: Vm, host: Host): boolean {
  const seen = new Set<string>()
  for (let each: Vm | null = vm; each && !seen.has(each.id); ) {
    seen.add(each.id)
    if (each.hostId === host.id) return true
    each = findById(vms, findById(hosts, each.hostId)?.vmId)
  }
  return false
}

/** The host that a VM is stands on it. */
export function checkVmRemoval({ hosts }: Topology, vm: Vm): Violation[] {
  const host = hosts.find((each) => each.vmId === vm.id)
  return host ? [conflict('vm-is-host', null, { vm: vm.name, host: host.name }, [host.name])] : []
}

export function checkUplinkRemoval(topology: Topology, uplink: NestedUplink): Violation[] {
  const host = topology.hosts.find((each) => each.vmId === uplink.vmId)
  const mapped = host?.bridgeMappings.filter(({ physicalNetworkId }) => uplinkTo(topology, host, physicalNetworkId)?.id === uplink.id) ?? []
  if (!host || mapped.length === 0) return []
  const names = mapped.map(({ bridge }) => bridge)
  return [conflict('uplink-unused', null, { host: host.name, bridges: names }, names)]
}
