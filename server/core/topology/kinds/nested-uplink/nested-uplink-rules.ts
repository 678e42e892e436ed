// Rules of nested uplinks, and of hosts that are VMs of the design (docs/reference/nested-uplinks.md).

import { traitsOf } from '../../../agents/agent-traits'
import { uplinkDeviceNames } from '../../../naming'
import { findById, othersThan } from '../../find'
import { labelUplink } from './nested-uplink-label'
import type { Topology } from '../../topology'
import type { Host } from '../host/host'
import type { Vm } from '../vm/vm'
import type { NestedUplink } from './nested-uplink'
import { conflict, missing, type Violation } from '../../violation'
import { uplinkTo } from '../../wire'
import { chosenDevices } from '../host/device-rules'

export function checkUplink(topology: Topology, uplink: NestedUplink): Violation[] {
  const [vm, physicalNetwork] = [findById(topology.vms, uplink.vmId), findById(topology.physicalNetworks, uplink.physicalNetworkId)]
  const unknown = [...(vm ? [] : [missing('vm', 'vmId')]), ...(physicalNetwork ? [] : [missing('physicalNetwork', 'physicalNetworkId')])]
  if (!vm || !physicalNetwork) return unknown
  const taken = othersThan(topology.nestedUplinks, uplink).find(
    (other) => other.vmId === vm.id && other.physicalNetworkId === physicalNetwork.id,
  )
  return [
    ...(taken ? [conflict('uplink-unique', 'physicalNetworkId', { vm: vm.name, physicalNetwork: physicalNetwork.name }, [vm.name])] : []),
    ...checkUplinkHost(topology, vm, uplink),
  ]
}

function checkUplinkHost(topology: Topology, vm: Vm, uplink: NestedUplink): Violation[] {
  const host = findById(topology.hosts, vm.hostId)
  if (!host) return [missing('host', 'vmId')]
  return checkUplinkBridge(topology, host, uplink, { agentKind: 'vmId', mapping: 'physicalNetworkId' })
}

function checkUplinkBridge(
  topology: Topology,
  host: Host,
  uplink: NestedUplink,
  field: { readonly agentKind: string; readonly mapping: string },
): Violation[] {
  const label = labelUplink(topology, uplink)
  if (!traitsOf(host).hasProviderBridges)
    return [conflict('uplink-openvswitch', field.agentKind, { host: host.name, uplink: label }, [host.name])]
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

export function checkUplinkRemoval(topology: Topology, uplink: NestedUplink): Violation[] {
  const host = topology.hosts.find((each) => each.vmId === uplink.vmId)
  const mapped = host?.bridgeMappings.filter(({ physicalNetworkId }) => uplinkTo(topology, host, physicalNetworkId)?.id === uplink.id) ?? []
  if (!host || mapped.length === 0) return []
  const names = mapped.map(({ bridge }) => bridge)
  return [conflict('uplink-unused', null, { host: host.name, bridges: names }, names)]
}
