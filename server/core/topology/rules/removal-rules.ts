// What stands in the way of taking an object out of the design (reference §17, deletion). Automatic ports (DHCP) never do.

import { labelPort, labelTrunk, labelUplink } from '../labels'
import type { Host, Network, PhysicalNetwork, Port, Project, Subnet, Topology, Trunk } from '../topology'
import type { RuleParams } from '../rule-params'
import { conflict, type Violation } from '../violation'
import { userPortsOn } from '../kinds/host/host-use-rules'

/** Unless nothing stands in the way. */
const refuse = <R extends keyof RuleParams>(rule: R, users: readonly string[], params: Readonly<RuleParams[R]>): Violation[] =>
  users.length === 0 ? [] : [conflict(rule, null, params, users)]

export function checkProjectRemoval(topology: Topology, project: Project): Violation[] {
  const trunks = topology.trunks.map((trunk) => ({ projectId: trunk.projectId, name: labelTrunk(topology, trunk) }))
  const users = namesOf([...topology.networks, ...topology.vms, ...trunks].filter((each) => each.projectId === project.id))
  return refuse('project-empty', users, { project: project.name, users })
}

export function checkPhysicalNetworkRemoval(topology: Topology, { id, name: physicalNetwork }: PhysicalNetwork): Violation[] {
  const { networks, hosts, physicalNetworks, nestedUplinks } = topology
  const users = namesOf(networks.filter((network) => network.physicalNetworkId === id))
  const uplinks = nestedUplinks.filter((uplink) => uplink.physicalNetworkId === id).map((uplink) => labelUplink(topology, uplink))
  const carried = [...namesOf(physicalNetworks.filter((other) => other.carrierId === id)), ...uplinks]
  const mapped = namesOf(hosts.filter((host) => host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === id)))
  return [
    ...refuse('physical-network-unused', users, { physicalNetwork, users }),
    ...refuse('physical-network-carries', carried, { physicalNetwork, users: carried }),
    ...refuse('physical-network-unmapped', mapped, { physicalNetwork, users: mapped }),
  ]
}

export function checkNetworkRemoval(topology: Topology, network: Network): Violation[] {
  const users = labelsOf(topology, userPorts(topology).filter((port) => port.networkId === network.id))
  return refuse('network-without-ports', users, { network: network.name, users })
}

export function checkSubnetRemoval(topology: Topology, subnet: Subnet): Violation[] {
  const users = labelsOf(topology, userPorts(topology).filter((port) => port.fixedIps.some((fixedIp) => fixedIp.subnetId === subnet.id)))
  return refuse('subnet-without-ports', users, { subnet: subnet.name, users })
}

export function checkPortRemoval(topology: Topology, port: Port): Violation[] {
  const vm = topology.vms.find((each) => each.portIds.includes(port.id))
  if (vm) return [conflict('port-of-vm', null, { vm: vm.name }, [vm.name])]
  const trunk = topology.trunks.find((each) => each.portId === port.id || each.subPorts.some((subPort) => subPort.portId === port.id))
  if (trunk) return [refuseTrunkPort(topology, port, trunk)]
  return checkNotAutomatic(topology, port)
}

function refuseTrunkPort(topology: Topology, port: Port, trunk: Trunk): Violation {
  const name = labelTrunk(topology, trunk)
  return conflict('port-of-trunk', null, { trunk: name, isParent: trunk.portId === port.id }, [name])
}

/** DHCP ports follow the subnets' DHCP switch and the network hosts; nobody edits them. */
export function checkNotAutomatic(topology: Topology, port: Port): Violation[] {
  if (port.deviceOwner !== 'network:dhcp') return []
  return [conflict('port-automatic', null, {}, [labelPort(topology, port)])]
}

export function checkHostRemoval(topology: Topology, host: Host): Violation[] {
  const vms = namesOf(topology.vms.filter((vm) => vm.hostId === host.id))
  if (vms.length > 0) return refuse('host-without-vms', vms, { host: host.name, users: vms })
  const ports = labelsOf(topology, userPortsOn(topology, host))
  return refuse('host-without-ports', ports, { host: host.name, users: ports })
}

const userPorts = ({ ports }: Topology): Port[] => ports.filter((port) => port.deviceOwner !== 'network:dhcp')
const labelsOf = (topology: Topology, ports: readonly Port[]): string[] => ports.map((port) => labelPort(topology, port))
const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name)
