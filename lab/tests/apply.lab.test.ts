// What goes wrong while a plan is applied, on real hosts: nothing half-built stays, everything is named.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LabStatus } from '../lab'
import { labExec, labUp } from '../lab'
import { planAndApply } from '../scenarios/conduct'
import { openConsole } from '../scenarios/console-under-test'
import { drawDesign, eraseDesign, registerHosts, type Drawn } from '../scenarios/design'
import { leftBehind, snapshot } from '../scenarios/snapshot'
import { testLab } from './settings'

let lab: LabStatus
let bare: ReadonlySet<string>[]
let open: Awaited<ReturnType<typeof openConsole>>

const on = async (host: string, ...argv: string[]) => {
  const outcome = await labExec(testLab, host, argv)
  if (outcome.code !== 0) throw new Error(`${argv.join(' ')}: ${outcome.stderr}`)
  return outcome.stdout
}
const leftovers = async () =>
  (await Promise.all(lab.hosts.map(async ({ name }, index) => leftBehind(bare[index]!, await snapshot(testLab, name), name)))).flat()

beforeAll(async () => {
  lab = await labUp({ name: testLab })
  bare = await Promise.all(lab.hosts.map((host) => snapshot(testLab, host.name)))
})
beforeEach(async () => {
  open = await openConsole()
})
afterEach(() => open.close())

async function applyAndFinish(planId: string) {
  const { runId } = await open.api.runs.start({ planId })
  for await (const _ of await open.api.runs.watch({ runId }));
  return open.api.runs.get({ id: runId })
}

async function clean(drawn: Drawn): Promise<void> {
  await eraseDesign(open.api, drawn)
  await planAndApply(open.api)
}

describe('a run that fails', () => {
  it('undoes what it did on that host, keeps the command and its output, and leaves the others', async () => {
    const broken = { ...lab, hosts: lab.hosts.map((host) => (host.name === 'cmp2' ? { ...host, guestKernel: '/no/such/kernel' } : host)) }
    const drawn = await drawDesign(open.api, broken, 'vxlan')
    const plan = await open.api.plans.create()
    const run = await applyAndFinish(plan.id)
    expect(run).toMatchObject({ status: 'failed', revision: null, leftovers: [] })
    expect(run.verdict).toMatch(/cmp2: "Start VM web-2" failed with exit code 1: .*\/no\/such\/kernel.*What was done on cmp2 was undone\./s)
    const failed = run.steps.find((step) => step.status === 'failed')
    expect(failed?.result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('/no/such/kernel') })
    expect((await leftovers()).filter((line) => line.endsWith('on cmp2'))).toEqual([])
    expect(await on('cmp1', 'virsh', '-q', '-c', 'qemu:///system', 'list', '--name')).toContain('instance-')
    await clean(drawn)
    expect(await leftovers()).toEqual([])
  })

  it('can be cancelled: the command in hand ends, what was done is undone', async () => {
    const drawn = await drawDesign(open.api, lab, 'vlan')
    const plan = await open.api.plans.create()
    const { runId } = await open.api.runs.start({ planId: plan.id })
    for await (const item of await open.api.runs.watch({ runId })) {
      if (JSON.stringify(item).includes('"status":"done"')) await open.api.runs.cancel({ runId }).catch(() => undefined)
    }
    const run = await open.api.runs.get({ id: runId })
    expect(run.status).toBe('cancelled')
    expect(await leftovers()).toEqual([])
    await eraseDesign(open.api, drawn)
  })
})

describe('a plan', () => {
  it('is blocked by a foreign bridge in the way, and names it; nothing is touched', async () => {
    await registerHosts(open.api, lab)
    await on('cmp1', 'ovs-vsctl', 'add-br', 'br-tun', '--', 'set', 'Bridge', 'br-tun', 'datapath_type=netdev')
    try {
      const plan = await open.api.plans.create()
      const blocked = plan.hosts.flatMap((host) => host.blocked.map((entry) => entry.message))
      expect(blocked).toEqual([expect.stringContaining('cmp1: OVS bridge br-tun is already there and is not ours')])
      await expect(open.api.runs.start({ planId: plan.id })).rejects.toThrow(/br-tun is already there/)
    } finally {
      await on('cmp1', 'ovs-vsctl', 'del-br', 'br-tun')
    }
    expect(await leftovers()).toEqual([])
  })

  it('goes stale when the design changes after it was made', async () => {
    await registerHosts(open.api, lab)
    const plan = await open.api.plans.create()
    await open.api.projects.create({ name: 'late' })
    await expect(open.api.runs.start({ planId: plan.id })).rejects.toThrow(/design changed/)
  })

  it('goes stale when a host changes after it was made, and then does nothing there', async () => {
    const hostIds = await registerHosts(open.api, lab)
    const plan = await open.api.plans.create()
    await on('net1', 'ovs-vsctl', 'add-br', 'br-int', '--', 'set', 'Bridge', 'br-int', 'datapath_type=netdev')
    try {
      const run = await applyAndFinish(plan.id)
      expect(run.status).toBe('failed')
      expect(run.verdict).toMatch(/net1: OVS bridge br-int is already there/)
    } finally {
      await on('net1', 'ovs-vsctl', 'del-br', 'br-int')
    }
    for (const id of Object.values(hostIds)) await open.api.hosts.setPrepared({ id, isPrepared: false })
    // The hosts that were prepared are not in any revision yet: the marks alone must be enough to clean them.
    await planAndApplyIfNeeded()
    expect(await leftovers()).toEqual([])
  })

  it('repairs drift: what somebody broke by hand is one plan away', async () => {
    const drawn = await drawDesign(open.api, lab, 'vxlan')
    await planAndApply(open.api)
    const port = (await open.api.topology.get()).topology.ports.find((candidate) => candidate.hostId === drawn.hostIds['cmp1'])!
    const qvo = `qvo${port.id.slice(0, 11)}`
    await on('cmp1', 'ovs-vsctl', 'set', 'Port', qvo, 'tag=77')
    await on('cmp1', 'ovs-ofctl', '-O', 'OpenFlow14', 'del-flows', 'br-tun', 'table=4')
    await on('cmp1', 'ip', 'link', 'set', qvo, 'mtu', '1300')
    const plan = await open.api.plans.create()
    const changes = plan.hosts.flatMap((host) => host.changes.map((change) => `${change.action} ${change.label}`))
    expect(changes).toEqual(expect.arrayContaining([`change OVS port ${qvo} on br-int`, `change veth ${qvo}`, expect.stringMatching(/^create flow br-tun table 4/)]))
    expect(plan.impacts.map((impact) => [impact.kind, impact.portId])).toContainEqual(['interrupted', port.id])
    expect((await applyAndFinish(plan.id)).status).toBe('succeeded')
    await clean(drawn)
    expect(await leftovers()).toEqual([])
  })
})

async function planAndApplyIfNeeded(): Promise<void> {
  const plan = await open.api.plans.create()
  if (plan.hosts.some((host) => host.steps.length > 0)) await planAndApply(open.api)
}

afterAll(async () => expect(await leftovers()).toEqual([]))
