// What goes wrong while a plan is applied, on real hosts: nothing half-built stays, everything is named.

import { describe, expect, it } from 'vitest'
import { explainedRun } from '@/server/core/testing/explained'
import { explainFinding } from '@/server/core/explain/finding'
import { isPlanEmpty } from '@/server/core/plan/plan'
import { planAndApply, verify } from '../scenarios/conduct'
import { computeHosts, drawDesign, eraseDesign, onlyCmp1, registerHosts } from '../scenarios/design'
import { haltKernel } from '../topology'
import { on, useBench } from './bench'

const bench = useBench()

describe('a run that fails', () => {
  it('undoes what it did on that host, keeps the command and its output, and leaves the others', async () => {
    // A plan is made only where the host has what its VMs start from: here it is gone by the time of the run.
    const kernel = '/var/tmp/tapline-kernel-that-goes'
    const hosts = bench.lab.hosts.map((host) => ({ ...host, guestKernel: host.name === 'cmp2' ? kernel : haltKernel }))
    const drawn = await drawDesign(bench.api, { ...bench.lab, hosts }, 'vxlan')
    await on('cmp2', 'touch', kernel)
    const plan = await bench.api.plans.create()
    await on('cmp2', 'rm', kernel)
    const run = await bench.applyAndFinish(plan.id)
    expect(run).toMatchObject({ status: 'failed', revision: null, leftovers: [] })
    expect(explainedRun(run).verdict).toMatch(
      /cmp2: "Start VM web-2" failed with exit code 1: .*\/var\/tmp\/tapline-kernel-that-goes.*What was done on cmp2 was undone\./s,
    )
    const failed = run.steps.find((step) => step.status === 'failed')
    expect(failed?.result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(kernel) })
    expect((await bench.leftovers()).filter((line) => line.endsWith('on cmp2'))).toEqual([])
    expect(await on('cmp1', 'virsh', '-q', '-c', 'qemu:///system', 'list', '--name')).toContain('instance-')
    await bench.clean(drawn)
  })

  it('can be cancelled: the command in hand ends, what was done is undone', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vlan', 'halted')
    const plan = await bench.api.plans.create()
    const { runId } = await bench.api.runs.start({ planId: plan.id })
    for await (const item of await bench.api.runs.watch({ runId })) {
      if (JSON.stringify(item).includes('"status":"done"')) await bench.api.runs.cancel({ runId }).catch(() => undefined)
    }
    const run = await bench.api.runs.get({ id: runId })
    expect(run.status).toBe('cancelled')
    expect(await bench.leftovers()).toEqual([])
    await eraseDesign(bench.api, drawn)
  })
})

describe('two runs', () => {
  it('on different hosts go side by side: the later one is done with its own before the earlier one ends, and each records a revision', async () => {
    const drawn = await drawDesign(bench.api, bench.lab, 'vlan', 'halted')
    await planAndApply(bench.api)
    const { revision, topology } = await bench.api.topology.get()
    const portOf = (vmId: string) => topology.vms.find(({ id }) => id === vmId)!.portIds[0]!

    await bench.api.ports.update({ id: portOf(drawn.vmIds[0]), patch: { isAdminStateUp: false } })
    const first = await bench.api.runs.start({ planId: (await bench.api.plans.create()).id })
    try {
      // The run cannot end: what comes after its first step asks this server, its read-back at the latest.
      for await (const { type } of bench.watchRun(first.runId)) {
        if (type !== 'step') continue
        await on('cmp1', 'pkill', '-STOP', '-x', 'ovsdb-server')
        break
      }
      await bench.api.ports.update({ id: portOf(drawn.vmIds[1]), patch: { isAdminStateUp: false } })
      const plan = await bench.api.plans.create()
      expect(plan.hosts.map(({ hostName, steps, changedBy }) => [hostName, steps.length > 0, changedBy])).toEqual([
        ['cmp1', false, first.runId],
        ['cmp2', true, undefined],
        ['net1', false, undefined],
      ])
      const second = await bench.api.runs.start({ planId: plan.id })
      for await (const event of bench.watchRun(second.runId)) {
        if (event.type === 'waiting') expect(event.waitsFor).toMatchObject([{ hostName: 'cmp1', runId: first.runId }])
        if (event.type === 'waiting') break
      }
      expect(await bench.api.runs.get({ id: first.runId })).toMatchObject({ status: 'running' })
      await on('cmp1', 'pkill', '-CONT', '-x', 'ovsdb-server')
      for await (const _ of bench.watchRun(second.runId));
      expect(await bench.api.runs.get({ id: first.runId })).toMatchObject({ status: 'succeeded', revision: revision + 1 })
      expect(await bench.api.runs.get({ id: second.runId })).toMatchObject({ status: 'succeeded', revision: revision + 2 })
      expect(isPlanEmpty(await bench.api.plans.create())).toBe(true)
    } finally {
      await on('cmp1', 'pkill', '-CONT', '-x', 'ovsdb-server')
    }
    await bench.clean(drawn)
  })
})

describe('a plan', () => {
  it('is blocked by a foreign bridge in the way, and names it; nothing is touched', async () => {
    await registerHosts(bench.api, bench.lab, false, onlyCmp1)
    await on('cmp1', 'ovs-vsctl', 'add-br', 'br-tun', '--', 'set', 'Bridge', 'br-tun', 'datapath_type=netdev')
    try {
      const plan = await bench.api.plans.create()
      const blocked = plan.hosts.flatMap((host) => host.blocked.map(explainFinding))
      expect(blocked).toEqual([expect.stringContaining('cmp1: OVS bridge br-tun is already there and is not ours')])
      await expect(bench.api.runs.start({ planId: plan.id })).rejects.toThrow(/br-tun is already there/)
    } finally {
      await on('cmp1', 'ovs-vsctl', 'del-br', 'br-tun')
    }
    expect(await bench.leftovers()).toEqual([])
  })

  it('goes stale when the design changes after it was made', async () => {
    await registerHosts(bench.api, bench.lab, false, onlyCmp1)
    const plan = await bench.api.plans.create()
    await bench.api.projects.create({ name: 'late' })
    await expect(bench.api.runs.start({ planId: plan.id })).rejects.toThrow(/design changed/)
  })

  it('goes stale when a host changes after it was made, and then does nothing there', async () => {
    const hostIds = await registerHosts(bench.api, bench.lab, false, { net1: 'openvswitch', cmp1: 'openvswitch' })
    const plan = await bench.api.plans.create()
    await on('net1', 'ovs-vsctl', 'add-br', 'br-int', '--', 'set', 'Bridge', 'br-int', 'datapath_type=netdev')
    try {
      const run = await bench.applyAndFinish(plan.id)
      expect(run.status).toBe('failed')
      expect(explainedRun(run).verdict).toMatch(/net1: OVS bridge br-int is already there/)
    } finally {
      await on('net1', 'ovs-vsctl', 'del-br', 'br-int')
    }
    for (const id of Object.values(hostIds)) await bench.api.hosts.setPrepared({ id, isPrepared: false })
    // The hosts that were prepared are not in any revision yet: the marks alone must be enough to clean them.
    await planAndApplyIfNeeded()
    expect(await bench.leftovers()).toEqual([])
  })

  it('repairs drift: what somebody broke by hand is one plan away', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vxlan', 'halted')
    await planAndApply(bench.api)
    const port = (await bench.api.topology.get()).topology.ports.find((candidate) => candidate.hostId === drawn.hostIds['cmp1'])!
    const [qvo, tap] = ['qvo', 'tap'].map((prefix) => `${prefix}${port.id.slice(0, 11)}`) as [string, string]
    const virsh = (...argv: string[]) => on('cmp1', 'virsh', '-q', '-c', 'qemu:///system', ...argv)
    await virsh('domif-setlink', drawn.vmIds[0], tap, 'down')
    await virsh('suspend', drawn.vmIds[0])
    await on('cmp1', 'bridge', 'link', 'set', 'dev', tap, 'state', '0', 'isolated', 'on')
    await on('cmp2', 'sh', '-c', `kill -STOP "$(cat /var/lib/tapline/dhcp/${drawn.networkId}/pid)"`)
    await on('cmp1', 'ovs-vsctl', 'set', 'Port', qvo, 'tag=77')
    await on('cmp1', 'ovs-ofctl', '-O', 'OpenFlow14', 'del-flows', 'br-tun', 'table=4')
    await on('cmp1', 'ip', 'link', 'set', qvo, 'mtu', '1300')
    const plan = await bench.api.plans.create()
    const changes = plan.hosts.flatMap((host) => host.changes.map((change) => `${change.action} ${change.label}`))
    expect(changes).toEqual(
      expect.arrayContaining([
        `change OVS port ${qvo} on br-int`,
        `change veth ${qvo}`,
        `change tap ${tap}`,
        'change VM web-1',
        expect.stringMatching(/^change dnsmasq/),
        expect.stringMatching(/^create flow br-tun table 4/),
      ]),
    )
    expect(plan.impacts.map((impact) => [impact.kind, impact.portId])).toContainEqual(['interrupted', port.id])
    expect((await bench.applyAndFinish(plan.id)).status).toBe('succeeded')
    expect(isPlanEmpty(await bench.api.plans.create())).toBe(true)
    expect((await virsh('domstate', drawn.vmIds[0])).trim()).toBe('running')
    await bench.clean(drawn)
  })

  it('[PLAN-30] [DIFF-20] makes a device anew so that packets pass it, and takes away a jump that is there twice', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vxlan')
    await bench.converge()
    const { vms } = (await bench.api.topology.get()).topology
    const [source, destination] = drawn.vmIds.map((vmId) => vms.find(({ id }) => id === vmId)!.portIds[0]!)
    expect((await verify(bench.api, source!, destination!)).status).toBe('passed')
    await on('cmp2', 'ip', 'link', 'del', `qvo${destination!.slice(0, 11)}`)
    await on(
      'cmp2',
      'ip',
      'netns',
      'exec',
      `qdhcp-${drawn.networkId}`,
      'iptables',
      '-t',
      'mangle',
      '-A',
      'POSTROUTING',
      '-j',
      'tapline-POSTROUTING',
    )
    const plan = await bench.converge()
    expect(
      plan.hosts.flatMap(({ hostName, steps }) => steps.map(({ command }) => `${hostName} ${command.stdin ?? command.argv.join(' ')}`)),
    ).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^cmp2 ovs-vsctl .*del-port br-int qvo/),
        expect.stringContaining('-D POSTROUTING -j tapline-POSTROUTING\n'),
      ]),
    )
    const { status, verdict } = await verify(bench.api, source!, destination!)
    expect([status, verdict]).toEqual(['passed', expect.any(Object)])
    await bench.clean(drawn)
  })
})

async function planAndApplyIfNeeded(): Promise<void> {
  const plan = await bench.api.plans.create()
  if (plan.hosts.some((host) => host.steps.length > 0)) await planAndApply(bench.api)
}
