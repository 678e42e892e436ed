// What a change of a VM will come to once it is applied, read off the design alone: what the form says before anything is saved. What the hosts
// have may differ; the plan has the last word (plan/impacts.ts).

import type { Coded } from '../../../finding'
import { findById, othersThan } from '../../find'
import { labelPort } from '../port/port-label'
import { keepsPort } from './vm-rules'
import type { Topology } from '../../topology'
import type { Vm } from './vm'
import type { NicInput, VmPatch } from './vm-input'

export interface VmEffectParams {
  moves: { from: string; to: string; addresses: readonly string[] }
  /** `files`: what it boots from, as paths. */
  'needs-files': { to: string; files: readonly string[] }
  'leaves-disk': { path: string; from: string; to: string }
  restarts: { because: readonly RestartReason[] }
  plugs: { count: number; isLive: boolean }
  unplugs: { count: number; isLive: boolean }
  'drops-ports': { count: number; addresses: readonly string[] }
  'frees-ports': { ports: readonly string[] }
  renamed: {}
  'inner-host': { host: string }
}
export type RestartReason = 'memory' | 'vcpus' | 'boot' | 'nic-order'
export type VmEffect = Coded<VmEffectParams>

export function vmEffects(topology: Topology, vm: Vm, patch: VmPatch): VmEffect[] {
  const nics = patch.nics ?? vm.portIds.map((portId) => ({ portId }))
  const isMoved = patch.hostId !== undefined && patch.hostId !== vm.hostId
  const because = restartReasons(vm, patch, nics)
  const isLive = !isMoved && because.length === 0
  return [
    ...(isMoved ? moved(topology, vm, patch, patch.hostId!) : []),
    ...(!isMoved && because.length > 0 ? [effect('restarts', { because })] : []),
    ...nicEffects(topology, vm, nics, isLive),
    ...(isLive ? [] : topology.hosts.filter((host) => host.vmId === vm.id).map((host) => effect('inner-host', { host: host.name }))),
    ...(isLive && patch.name !== undefined && patch.name !== vm.name ? [effect('renamed', {})] : []),
  ]
}

const effect = <C extends keyof VmEffectParams>(code: C, params: VmEffectParams[C]): VmEffect => ({ code, params }) as VmEffect

function moved(topology: Topology, vm: Vm, patch: VmPatch, hostId: string): VmEffect[] {
  const nameOf = (id: string) => findById(topology.hosts, id)?.name ?? id
  const [from, to, boot] = [nameOf(vm.hostId), nameOf(hostId), patch.boot ?? vm.boot]
  const addresses = vm.portIds.flatMap((id) => findById(topology.ports, id)?.fixedIps.map(({ ipAddress }) => ipAddress) ?? [])
  const files = boot.kind === 'disk' ? [boot.path] : [boot.kernel, boot.initrd, ...(boot.disk ? [boot.disk.path] : [])]
  const written = boot.kind === 'disk' ? boot.path : boot.disk && !boot.disk.isReadOnly ? boot.disk.path : null
  return [
    effect('moves', { from, to, addresses }),
    effect('needs-files', { to, files }),
    ...(written === null ? [] : [effect('leaves-disk', { path: written, from, to })]),
  ]
}

function restartReasons(vm: Vm, patch: VmPatch, nics: readonly NicInput[]): RestartReason[] {
  return [
    ...(patch.memoryMib !== undefined && patch.memoryMib !== vm.memoryMib ? (['memory'] as const) : []),
    ...(patch.vcpus !== undefined && patch.vcpus !== vm.vcpus ? (['vcpus'] as const) : []),
    ...(patch.boot !== undefined && JSON.stringify(patch.boot) !== JSON.stringify(vm.boot) ? (['boot'] as const) : []),
    ...(staysInOrder(vm, nics) ? [] : (['nic-order'] as const)),
  ]
}

/** What is plugged into a running VM comes last, and the others keep their order. */
function staysInOrder({ portIds }: Vm, nics: readonly NicInput[]): boolean {
  const places = nics
    .map((nic) => ('portId' in nic ? portIds.indexOf(nic.portId) : -1))
    .map((place) => (place < 0 ? Number.POSITIVE_INFINITY : place))
  return places.every((place, index) => index === 0 || places[index - 1]! <= place)
}

function nicEffects(topology: Topology, vm: Vm, nics: readonly NicInput[], isLive: boolean): VmEffect[] {
  const wanted = new Set(nics.map((nic) => ('portId' in nic ? nic.portId : null)))
  const gone = vm.portIds.filter((id) => !wanted.has(id)).flatMap((id) => findById(topology.ports, id) ?? [])
  const count = nics.filter((nic) => !('portId' in nic) || !vm.portIds.includes(nic.portId)).length
  const freed = gone.filter((port) => keepsPort(topology, vm, port.id))
  const dropped = gone.filter((port) => !freed.includes(port))
  const without = { ...topology, vms: othersThan(topology.vms, vm) }
  return [
    ...(count > 0 ? [effect('plugs', { count, isLive })] : []),
    ...(gone.length > 0 ? [effect('unplugs', { count: gone.length, isLive })] : []),
    ...(dropped.length > 0
      ? [
          effect('drops-ports', {
            count: dropped.length,
            addresses: dropped.flatMap(({ fixedIps }) => fixedIps.map(({ ipAddress }) => ipAddress)),
          }),
        ]
      : []),
    ...(freed.length > 0 ? [effect('frees-ports', { ports: freed.map((port) => labelPort(without, port)) })] : []),
  ]
}
