// What a host may no longer be changed into while something lives on it: a VM needs a compute host, a bound port needs the
// bridge or tunnel of its network.

import { labelPort } from '../port/port-label'
import { vmsOnHost } from '../../lookup'
import { presenceOf } from '../../presence'
import { isRouterPort } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Host } from './host'
import { conflict, type Violation } from '../../violation'
import { checkBinding } from '../../rules/binding-rules'
import { labelsOf, namesOf, refuse } from '../../rules/removal-rules'
import { checkHostOfClusters } from '../gateway-cluster/gateway-cluster-rules'
import { checkPlacement } from '../vm/vm-placement'
import { checkHostUplinks } from '../nested-uplink/nested-uplink-rules'

/** Rules for a host that exists and is changed; DHCP servers and routers go elsewhere instead of standing in the way. */
export function checkHostUse(topology: Topology, host: Host): Violation[] {
  const ports = userPortsOn(topology, host)
  return [
    ...checkComputeRole(topology, host),
    ...checkZoneWanted(topology, host),
    ...checkHostUplinks(topology, host),
    ...checkHostOfClusters(topology, host),
    ...(host.isPrepared ? checkCarriesPorts(topology, host, ports) : refuseUnprepare(topology, host, ports)),
  ]
}

/** Two wirings at once cannot be had, and a change of wiring under VMs is a new host in all but name. */
export function checkAgentKept(before: Host, host: Host): Violation[] {
  if (before.agentKind === host.agentKind || !before.isPrepared) return []
  return [conflict('agent-kept', 'agentKind', { host: host.name, agentKind: before.agentKind }, [host.name])]
}

const userPortsOn = (topology: Topology, host: Host): Port[] =>
  presenceOf(topology)
    .portsOn(host.id)
    .filter((port) => port.deviceOwner !== 'network:dhcp' && !isRouterPort(port))

function checkComputeRole({ vms }: Topology, host: Host): Violation[] {
  const names = vmsOnHost(vms, host.id).map((vm) => vm.name)
  if (host.roles.includes('compute') || names.length === 0) return []
  return [conflict('vm-host-compute', 'roles', { host: host.name, vms: names }, names)]
}

/** VMs that ask for the zone which the host was in. */
function checkZoneWanted(topology: Topology, host: Host): Violation[] {
  const [broken] = vmsOnHost(topology.vms, host.id).flatMap((vm) => checkPlacement(topology, host, vm))
  return broken?.rule === 'vm-host-zone' ? [{ ...broken, field: 'availabilityZone' }] : []
}

function refuseUnprepare(topology: Topology, host: Host, ports: readonly Port[]): Violation[] {
  const names = ports.map((port) => labelPort(topology, port))
  if (names.length === 0) return []
  return [conflict('host-in-use', 'isPrepared', { host: host.name, ports: names }, names)]
}

function checkCarriesPorts(topology: Topology, host: Host, ports: readonly Port[]): Violation[] {
  const networkIds = [...new Set(ports.map((port) => port.networkId))]
  return networkIds.flatMap((networkId) => checkBinding(topology, networkId, host.id)).map(atHostField)
}

/** Seen from the port the host is wrong; seen from the host it is the tunnel or the mappings. */
function atHostField(violation: Violation): Violation {
  return { ...violation, field: violation.rule === 'tunnel-address' ? 'tunnel' : 'bridgeMappings' }
}

/** Routers, central parts of others, and DHCP servers: nothing would take them off a host that is in no plan any more. */
function servicesOn(topology: Topology, { id }: Host): string[] {
  const dhcpPorts = topology.ports.filter((port) => port.deviceOwner === 'network:dhcp' && port.hostId === id)
  return [...namesOf(topology.routers.filter(({ hostId }) => hostId === id)), ...labelsOf(topology, dhcpPorts)]
}

export function checkHostRemoval(topology: Topology, host: Host): Violation[] {
  const vms = namesOf(topology.vms.filter((vm) => vm.hostId === host.id))
  if (vms.length > 0) return refuse('host-without-vms', vms, { host: host.name, users: vms })
  const ports = labelsOf(topology, userPortsOn(topology, host))
  if (ports.length > 0) return refuse('host-without-ports', ports, { host: host.name, users: ports })
  const services = servicesOn(topology, host)
  return refuse('host-without-services', services, { host: host.name, users: services })
}
