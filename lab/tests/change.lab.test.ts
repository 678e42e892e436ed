// Changes of a design that is in place: the plan is as small as the change, works, and leaves nothing to plan; neighbours
// that it does not name lose nothing.

import { describe, expect, it } from 'vitest'
import type { Plan } from '@/server/core/plan/plan'
import { labGuest } from '../lab'
import { verify } from '../scenarios/conduct'
import { computeHosts, drawDesign, type Drawn } from '../scenarios/design'
import { on, useBench } from './bench'
import { testLab } from './settings'

const bench = useBench()

const changesOf = (plan: Plan): string[] =>
  plan.hosts.flatMap((host) => host.changes.map((change) => `${host.hostName} ${change.action} ${change.label}`)).sort()
const stepsOn = (plan: Plan, host: string): number => plan.hosts.find((each) => each.hostName === host)!.steps.length

async function portOf(vmId: string) {
  const { topology } = await bench.api.topology.get()
  const vm = topology.vms.find((each) => each.id === vmId)!
  return topology.ports.find((port) => port.id === vm.portIds[0])!
}
const proof = async (...vmIds: readonly [string, string]) => verify(bench.api, (await portOf(vmIds[0])).id, (await portOf(vmIds[1])).id)

async function addVm(drawn: Drawn, name: string, host: string): Promise<string> {
  const { topology } = await bench.api.topology.get()
  const { projectId, boot } = topology.vms[0]!
  const { id } = await bench.api.vms.create({
    projectId,
    name,
    hostId: drawn.hostIds[host]!,
    networkIds: [drawn.networkId],
    memoryMib: 128,
    vcpus: 1,
    boot,
  })
  return id
}

describe('in a VLAN network', () => {
  it('VLAN id, dead ports, another bridge name: each is one small plan', async () => {
    const { api } = bench
    const drawn = await drawDesign(api, bench.lab, 'vlan')
    await bench.converge()
    const qvo = `qvo${(await portOf(drawn.vmIds[0])).id.slice(0, 11)}`

    await api.networks.update({ id: drawn.networkId, patch: { segmentationId: 150 } })
    const renumbered = await bench.converge()
    expect(changesOf(renumbered).filter((line) => line.startsWith('cmp1'))).toEqual([
      `cmp1 change OVS port ${qvo} on br-int`,
      'cmp1 change flow br-ens38 table 0 priority 4 dl_vlan=1,in_port=phy-br-ens38',
      'cmp1 create flow br-int table 0 priority 3 dl_vlan=150,in_port=int-br-ens38',
      'cmp1 remove flow br-int table 0 priority 3 dl_vlan=100,in_port=int-br-ens38',
    ])
    expect(stepsOn(renumbered, 'cmp1')).toBe(3)

    await api.ports.update({ id: (await portOf(drawn.vmIds[0])).id, patch: { isAdminStateUp: false } })
    const stopped = await bench.converge()
    expect([stepsOn(stopped, 'cmp1'), stepsOn(stopped, 'cmp2'), stepsOn(stopped, 'net1')]).toEqual([2, 0, 0])
    expect(await on('cmp1', 'ovs-ofctl', '-O', 'OpenFlow14', '--names', 'dump-flows', 'br-int', `table=0,in_port=${qvo}`)).toMatch(
      /actions=drop/,
    )
    await api.ports.update({ id: (await portOf(drawn.vmIds[0])).id, patch: { isAdminStateUp: true } })

    const { host } = await api.hosts.get({ id: drawn.hostIds['cmp1']! })
    await api.hosts.update({
      id: host.id,
      patch: { bridgeMappings: host.bridgeMappings.map((mapping) => ({ ...mapping, bridge: 'br-phys' })) },
    })
    await bench.converge()
    expect(await proof(...drawn.vmIds)).toMatchObject({ status: 'passed' })
    await bench.clean(drawn)
  })
})

describe('in a VXLAN network', () => {
  it('a third VM on another host costs its neighbours no packet', async () => {
    const drawn = await drawDesign(bench.api, bench.lab, 'vxlan')
    await bench.api.hosts.update({ id: drawn.hostIds['net1']!, patch: { roles: ['network', 'compute'] } })
    await bench.converge()
    expect(await proof(...drawn.vmIds)).toMatchObject({ status: 'passed' })
    const address = (await portOf(drawn.vmIds[1])).fixedIps[0]!.ipAddress
    const ping = labGuest(testLab, 'web-1', ['ping', '-q', '-i', '0.01', '-c', '500', address])
    const third = await addVm(drawn, 'third', 'net1')
    const plan = await bench.converge()
    expect((await ping).stdout).toContain('500 packets transmitted, 500 received')
    // Where it is, and that it is in the group of the others.
    expect([stepsOn(plan, 'cmp1'), stepsOn(plan, 'cmp2')]).toEqual([2, 2])
    expect(plan.impacts.map(({ kind, label }) => `${kind} ${label.split(' ')[0]}`)).toEqual(['new third'])
    await bench.clean({ ...drawn, vmIds: [...drawn.vmIds, third] })
  })

  it('a VM that inherits an address is given it, although its forerunner held the lease', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vxlan')
    await bench.converge()
    expect(await proof(...drawn.vmIds)).toMatchObject({ status: 'passed' })
    const former = await portOf(drawn.vmIds[1])
    await bench.api.vms.remove({ id: drawn.vmIds[1]! })
    await bench.converge()
    const heir = await addVm(drawn, 'heir', 'cmp1')
    await bench.converge()
    expect((await portOf(heir)).fixedIps).toEqual(former.fixedIps)
    // Two VMs on one host; the neighbour may still know the former MAC, so only DHCP is judged.
    const { dhcp } = await proof(drawn.vmIds[0]!, heir)
    expect(dhcp.map(({ label, status }) => [label, status])).toEqual([
      ['web-1', 'agrees'],
      ['heir', 'agrees'],
    ])
    await bench.clean({ ...drawn, vmIds: [drawn.vmIds[0]!, heir] })
  })
})
