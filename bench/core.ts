// How long the pure core takes as a host grows: compile, diff against an empty host, diff against itself, render.
//
//   npm run -s bench            medians of 7 runs, in milliseconds

import { compileHost } from '@/server/core/compile/compile'
import { diffHost } from '@/server/core/diff/host-diff'
import { emptyHostState } from '@/server/core/host/host-state'
import { renderSteps } from '@/server/core/render/render-steps'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'
import type { Port, Topology, Vm } from '@/server/core/topology/topology'

const RUNS = 7

/** The sample cloud with so many more VMs on cmp1, all on its VXLAN network. */
function grow(count: number): Topology {
  const sample = sampleTopology({ networks: [3] })
  const [portTemplate, vmTemplate] = [sample.ports.find((port) => port.id === ids.port(3, 2))!, sample.vms[0]!]
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')
  const id = (kind: string, index: number) => `${kind}${hex(index, 6)}-1111-4111-8111-${hex(index, 12)}`
  const ports: Port[] = Array.from({ length: count }, (_, index) => ({
    ...portTemplate,
    id: id('f0', index),
    deviceId: id('a0', index),
    macAddress: `fa:16:3e:10:${hex(index >> 8, 2)}:${hex(index & 255, 2)}`,
    fixedIps: [{ subnetId: ids.subnet(3), ipAddress: `10.0.${16 + (index >> 8)}.${index & 255}` }],
  }))
  const vms: Vm[] = ports.map((port, index) => ({ ...vmTemplate, id: id('a0', index), name: `vm-${index}`, portIds: [port.id] }))
  return { ...sample, ports: [...sample.ports, ...ports], vms: [...sample.vms, ...vms] }
}

function median(work: () => unknown): string {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).sort((left, right) => left - right)
  return times[Math.floor(RUNS / 2)]!.toFixed(1).padStart(9)
}

console.log('   ports    flows  compile  diff(all)  diff(none)  render   (ms, median of 7)')
for (const count of [10, 100, 500]) {
  const topology = grow(count)
  const host = ids.host(2)
  const desired = compileHost(topology, host)
  const diff = diffHost(desired, emptyHostState)
  const cells = [
    median(() => compileHost(topology, host)),
    median(() => diffHost(desired, emptyHostState)),
    median(() => diffHost(desired, desired)),
    median(() => renderSteps(diff, 'cmp1')),
  ]
  console.log(`${String(count).padStart(8)} ${String(desired.flows.length).padStart(8)} ${cells.join('  ')}`)
}
