// Rules of VMs: a known compute host, NICs, sizes that QEMU takes, and where one may go.

import { findById } from '../../find'
import { agentGatewaysLost } from '../../floating-ips'
import { trunkOfParent } from '../../lookup'
import { forwardingsTo } from '../../port-forwardings'
import type { Topology } from '../../topology'
import type { DesignObject } from '../kind'
import type { Port } from '../port/port'
import type { Vm, VmBoot } from './vm'
import type { LineText } from '../../rule-params'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkLine, checkName } from '../../rules/names'
import { checkHostVm, checkZone } from '../host/host-rules'
import { checkComes, checkPlacement } from './vm-placement'

/** Below, no current kernel gets through its own boot. */
const MIN_MEMORY_MIB = 32
const MAX_MEMORY_MIB = 1024 * 1024
const MAX_VCPUS = 255

export function checkVm(topology: Topology, vm: Vm): Violation[] {
  return [
    ...checkName(vm.name),
    ...(findById(topology.projects, vm.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkVmHost(topology, vm),
    ...checkWishes(topology, vm),
    ...(vm.portIds.length > 0 ? [] : [invalid('nic-required', 'networkIds', {})]),
    ...checkMemory(vm.memoryMib),
    ...checkVcpus(vm.vcpus),
    ...checkBoot(vm.boot),
  ]
}

function checkVmHost(topology: Topology, vm: Vm): Violation[] {
  const host = findById(topology.hosts, vm.hostId)
  if (!host) return [missing('host', 'hostId')]
  if (host.roles.includes('compute')) return checkPlacement(topology, host, vm)
  return [conflict('vm-host-compute', 'hostId', { host: host.name, vms: null }, [host.name])]
}

function checkWishes({ hostAggregates }: Topology, { availabilityZone, hostAggregateId }: Vm): Violation[] {
  return [
    ...(availabilityZone === undefined ? [] : checkZone(availabilityZone)),
    ...(hostAggregateId === undefined || findById(hostAggregates, hostAggregateId) ? [] : [missing('hostAggregate', 'hostAggregateId')]),
  ]
}

/** Of a VM that leaves one host for another; `topology` has it there already. */
export function checkVmMove(topology: Topology, before: Vm, vm: Vm): Violation[] {
  const fixed = [before, vm].flatMap(({ hostId }) => findById(topology.hosts, hostId) ?? []).filter(({ isReadOnly }) => isReadOnly)
  // A host of an inner cloud may come to stand on itself.
  const inner = topology.hosts.filter((host) => host.vmId === vm.id).flatMap((host) => checkHostVm(topology, host))
  return [
    ...checkComesTo(topology, vm),
    ...fixed.map((host) => conflict('vm-host-read-only', 'hostId', { host: host.name, vm: vm.name }, [host.name])),
    ...inner.map((violation) => ({ ...violation, field: 'hostId' })),
  ]
}

/** Of a VM that comes to its host. */
export function checkComesTo({ hosts }: Topology, { hostId }: Pick<Vm, 'hostId'>): Violation[] {
  const host = findById(hosts, hostId)
  return host ? checkComes(host) : []
}

export const checkMemory = (mib: number): Violation[] => checkSize(mib, MIN_MEMORY_MIB, MAX_MEMORY_MIB, 'memoryMib', 'memory')
export const checkVcpus = (count: number): Violation[] => checkSize(count, 1, MAX_VCPUS, 'vcpus', 'vcpus')

function checkSize(value: number, min: number, max: number, field: string, what: 'memory' | 'vcpus'): Violation[] {
  if (Number.isInteger(value) && value >= min && value <= max) return []
  return [invalid('size-range', field, { what, least: min, most: max })]
}

export function checkBoot(boot: VmBoot): Violation[] {
  if (boot.kind === 'disk') return checkPath(boot.path, 'boot.path', 'disk')
  return [
    ...checkPath(boot.kernel, 'boot.kernel', 'kernel'),
    ...checkPath(boot.initrd, 'boot.initrd', 'initrd'),
    ...checkLine(boot.cmdline, 'boot.cmdline', 'cmdline'),
    ...(boot.disk ? checkPath(boot.disk.path, 'boot.disk.path', 'disk') : []),
  ]
}

/** Paths are the host's, which is why they must be absolute: there is no working directory to start from. */
function checkPath(path: string, field: string, what: LineText): Violation[] {
  const unprintable = checkLine(path, field, what)
  if (unprintable.length > 0 || (path.startsWith('/') && path.length > 1)) return unprintable
  return [invalid('path-absolute', field, { what })]
}

/** The host that a VM is stands on it. */
export function checkVmRemoval({ hosts }: Topology, vm: Vm): Violation[] {
  const host = hosts.find((each) => each.vmId === vm.id)
  return host ? [conflict('vm-is-host', null, { vm: vm.name, host: host.name }, [host.name])] : []
}

/** A port that was there before the VM, or is a trunk's parent, stays when it goes (nova: preserve_on_delete). */
export const keepsPort = ({ trunks }: Pick<Topology, 'trunks'>, { keptPortIds = [] }: Vm, portId: string): boolean =>
  keptPortIds.includes(portId) || trunkOfParent(trunks, portId) !== null

/** The ports that came with it and what is forwarded to them, those of its host that only its floating IPs needed, and its nested uplinks. */
export const takenByVm = (topology: Topology, vm: Vm): DesignObject[] => [
  ...vm.portIds.flatMap((id) => {
    const item = keepsPort(topology, vm, id) ? null : findById(topology.ports, id)
    return item ? [{ kind: 'port' as const, item }, ...forwardingsToPort(topology, id)] : []
  }),
  ...gatewaysOfVm(topology, vm).map((item) => ({ kind: 'port' as const, item })),
  ...topology.nestedUplinks.flatMap((item) => (item.vmId === vm.id ? [{ kind: 'nestedUplink' as const, item }] : [])),
]

const forwardingsToPort = ({ portForwardings }: Topology, portId: string): DesignObject[] =>
  forwardingsTo(portForwardings, portId).map((item) => ({ kind: 'portForwarding', item }))

function gatewaysOfVm(topology: Topology, { portIds }: Vm): readonly Port[] {
  const behind = portIds.flatMap((id) => trunkOfParent(topology.trunks, id)?.subPorts.map(({ portId }) => portId) ?? [])
  const own = new Set<string | null>([...portIds, ...behind])
  return agentGatewaysLost(topology, ({ fixedPortId }) => !own.has(fixedPortId))
}
