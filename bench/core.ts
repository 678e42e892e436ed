// How long the pure core takes as a host grows: compile, diff against an empty host, diff against itself, render.

import { compileHost } from '@/server/core/compile/compile'
import { diffHost } from '@/server/core/diff/host-diff'
import { emptyHostState } from '@/server/core/host/host-state'
import { renderSteps } from '@/server/core/render/render-steps'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'
import { medianMs, noBar, type Bench, type Measured } from './lib/bench'

const RUNS = 7

export const bench: Bench = {
  about: 'compile, diff and render of hosts with 10, 100 and 500 ports',
  needs: [],
  run: async () => [...(await measure(10)), ...(await measure(100)), ...(await measure(500))],
}

async function measure(count: number): Promise<readonly Measured[]> {
  const topology = grow(count)
  const host = ids.host(2)
  const desired = compileHost(topology, host)
  const diff = diffHost(desired, emptyHostState)
  const row = async (what: string, work: () => unknown) =>
    noBar({ case: `${count} ports, ${desired.flows.length} flows: ${what} (ms)`, ours: await medianMs(RUNS, work) })
  return [
    await row('compile', () => compileHost(topology, host)),
    await row('diff, everything added', () => diffHost(desired, emptyHostState)),
    await row('diff, nothing to do', () => diffHost(desired, desired)),
    await row('render', () => renderSteps(diff, 'cmp1')),
  ]
}

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
