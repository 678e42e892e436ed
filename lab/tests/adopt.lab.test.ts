// A machine that was registered before, in this console or in another: what is left there is nobody's until it is adopted,
// and ours afterwards. On real hosts with real VMs.

import { describe, expect, it } from 'vitest'
import type { Plan } from '@/server/core/plan/plan'
import { planAndApply, verify } from '../scenarios/conduct'
import { openConsole } from '../scenarios/console-under-test'
import { computeHosts, drawDesign, type Drawn, registerHost, registerHosts } from '../scenarios/design'
import { on, useBench } from './bench'

const bench = useBench()

const blockedOf = (plan: Plan) =>
  plan.hosts.flatMap(({ hostName, blocked }) =>
    blocked.map((each) => ({ hostName, code: each.code, formerId: each.code === 'other-registration' ? each.params.formerId : null })),
  )

async function expectPing({ vmIds }: Drawn): Promise<void> {
  const { topology } = await bench.api.topology.get()
  const [source, destination] = vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds[0]!)
  const { status, verdict } = await verify(bench.api, source!, destination!)
  expect([status, verdict]).toEqual(['passed', expect.any(Object)])
}

describe('what another registration left', () => {
  it('by a console whose store is gone, is not touched, then adopted, made part of the new design, and removed', async () => {
    const lost = await openConsole()
    const before = await drawDesign(lost.api, computeHosts(bench.lab), 'vxlan', 'halted')
    await planAndApply(lost.api)
    await lost.close()
    const bridges = await on('cmp1', 'ovs-vsctl', 'show')

    // Only registered: another console's work is no reason to plan anything.
    const hostIds = await registerHosts(bench.api, computeHosts(bench.lab))
    for (const id of Object.values(hostIds)) await bench.api.hosts.setPrepared({ id, isPrepared: false })
    expect((await bench.api.plans.create()).hosts).toEqual([])

    for (const id of Object.values(hostIds)) await bench.api.hosts.setPrepared({ id, isPrepared: true })
    const refused = await bench.api.plans.create()
    expect(blockedOf(refused)).toEqual(
      computeHosts(bench.lab)
        .hosts.map(({ name }) => ({ hostName: name, code: 'other-registration', formerId: before.hostIds[name] }))
        .sort((a, b) => a.hostName.localeCompare(b.hostName)),
    )
    await expect(bench.api.runs.start({ planId: refused.id })).rejects.toThrow(/Adopt them/)
    expect(await on('cmp1', 'ovs-vsctl', 'show')).toBe(bridges)

    for (const [name, id] of Object.entries(hostIds)) await bench.api.hosts.adopt({ id, formerId: before.hostIds[name]! })
    const plan = await bench.converge()
    expect(plan.hosts.map(({ warnings }) => warnings?.map(({ code }) => code))).toEqual([['adopted'], ['adopted']])
    // The VMs of the lost design went, and nothing was built that was there.
    expect(
      plan.hosts.flatMap(({ changes }) => changes.filter(({ action, kind }) => action === 'remove' && kind === 'domains')),
    ).toHaveLength(2)
    expect(plan.hosts.flatMap(({ changes }) => changes.filter(({ action, kind }) => action === 'create' && kind === 'ovsBridges'))).toEqual(
      [],
    )

    for (const id of Object.values(hostIds)) await bench.api.hosts.setPrepared({ id, isPrepared: false })
    await planAndApply(bench.api)
    expect(await bench.leftovers()).toEqual([])
  })

  it('by a host of this design that was taken out and registered anew, is one plan, and carries VMs afterwards', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vlan')
    await bench.converge()
    const formerId = drawn.hostIds['cmp1']!
    const { topology } = await bench.api.topology.get()
    for (const id of drawn.vmIds) await bench.api.vms.remove({ id })
    await expect(bench.api.hosts.adopt({ id: drawn.hostIds['cmp2']!, formerId })).rejects.toThrow(/"cmp1" is a host of this design/)
    await bench.api.hosts.remove({ id: formerId })
    const again = await registerAgain('cmp1', topology.physicalNetworks[0]!.id)
    const boot = topology.vms.find((vm) => vm.hostId === formerId)!.boot
    const vmIds = [await addVm('web-3', again, boot), await addVm('web-4', drawn.hostIds['cmp2']!, boot)] as const
    expect(blockedOf(await bench.api.plans.create())).toEqual([{ hostName: 'cmp1', code: 'other-registration', formerId }])
    await bench.api.hosts.adopt({ id: again, formerId })
    const plan = await bench.converge()
    expect(plan.hosts.map(({ hostName }) => hostName).sort()).toEqual(['cmp1', 'cmp2'])
    const renewed: Drawn = { ...drawn, hostIds: { ...drawn.hostIds, cmp1: again }, vmIds }
    await expectPing(renewed)
    await bench.clean(renewed)

    async function addVm(name: string, hostId: string, vmBoot: typeof boot): Promise<string> {
      const { projects } = topology
      return (
        await bench.api.vms.create({
          projectId: projects[0]!.id,
          name,
          hostId,
          networkIds: [drawn.networkId],
          memoryMib: 128,
          vcpus: 1,
          boot: vmBoot,
        })
      ).id
    }
  })
})

async function registerAgain(name: string, physicalNetworkId: string): Promise<string> {
  const { id } = await registerHost(
    bench.api,
    bench.lab.hosts.find((host) => host.name === name)!,
    physicalNetworkId,
  )
  await bench.api.hosts.probe({ id })
  await bench.api.hosts.setPrepared({ id, isPrepared: true })
  return id
}
