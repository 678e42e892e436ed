// What a run leaves when more goes wrong than its step, on real hosts: the connection, the console, libvirt, the switch, the database. Either the
// way back is complete, or what it could not do is said, known as ours, and taken up by the next plan.

import { describe, expect, it } from 'vitest'
import { explainedRun } from '@/server/core/testing/explained'
import { explainFinding } from '@/server/core/explain/finding'
import { isPlanBlocked } from '@/server/core/plan/plan'
import type { Run } from '@/server/core/plan/run'
import { breakTable } from '@/server/effects/db/testing/break-table'
import { openConsole, type Api } from '../scenarios/console-under-test'
import { computeHosts, drawDesign, drawOnCmp1, eraseDesign, eraseNetwork, onlyCmp1, registerHost, registerHosts } from '../scenarios/design'
import { labUp, type LabHost } from '../lab'
import { on, useBench, withProgram } from './bench'
import { testLab } from './settings'

const bench = useBench()

/** Everything that a run writes. */
const TABLES = [
  ['JournalEntry', 'INSERT'],
  ['ObservationRecord', 'INSERT'],
  ['ObservationRecord', 'UPDATE'],
  ['RunRecord', 'UPDATE'],
  ['MadeRecord', 'UPDATE'],
  ['MadeRecord', 'DELETE'],
] as const

/** Libvirt and Open vSwitch as they were, where a test killed them. */
const repair = () => labUp({ name: testLab })

describe('a batch that stops between making and marking', () => {
  it('[PLAN-33] and a way back that does the same leave devices which the next plan knows as ours, and marks', async () => {
    const drawn = await drawOnCmp1(bench.api, bench.lab, 'vlan')
    // The batch ends after the first pair was made; nothing is ever deleted.
    const script = `case "$*" in
  "-batch -") { sed '/type veth/q' | grep -v '^link del'; } | "$real" -batch -; exit 7 ;;
esac
exec "$real" "$@"`
    await withProgram('cmp1', 'ip', script, async () => {
      const run = await bench.applyAndFinish((await bench.api.plans.create()).id)
      expect(run).toMatchObject({ status: 'failed' })
      expect(explainedRun(run).verdict).toMatch(/Not everything that was done on cmp1 could be undone\./)
      expect(run.leftovers.map(({ finding }) => explainFinding(finding).split(' ')[0])).toEqual(expect.arrayContaining(['bridge', 'veth']))
    })
    expect(await on('cmp1', 'sh', '-c', 'ip -o link show type veth | grep -c "qv[bo]"')).toBe('2\n')
    await bench.converge()
    await bench.clean(drawn)
  })

  it('[PLAN-33] is also cleaned when nothing of the design is left', async () => {
    const drawn = await drawOnCmp1(bench.api, bench.lab, 'vlan')
    await withProgram(
      'cmp1',
      'ip',
      `case "$*" in\n  "-batch -") { sed '/type veth/q' | grep -v '^link del'; } | "$real" -batch -; exit 7 ;;\nesac\nexec "$real" "$@"`,
      async () => {
        expect((await bench.applyAndFinish((await bench.api.plans.create()).id)).status).toBe('failed')
      },
    )
    await bench.clean(drawn)
  })
})

describe('[PLAN-31] a way back says "undone" only of what was read', () => {
  it('not of a VM when libvirt is gone', async () => {
    const drawn = await drawOnCmp1(bench.api, bench.lab, 'vlan')
    const script = `case "$*" in *" start "*) kill -9 $(cat /run/libvirtd.pid 2>/dev/null || pgrep -x libvirtd); echo "libvirt is gone" >&2; exit 1 ;; esac\nexec "$real" "$@"`
    await withProgram('cmp1', 'virsh', script, async () => {
      const run = await bench.applyAndFinish((await bench.api.plans.create()).id)
      expect(explainedRun(run).verdict).toMatch(/Whether everything that was done on cmp1 was undone could not be told\./)
      expect(run.leftovers.map(({ hostName, finding }) => [hostName, explainFinding(finding)])).toContainEqual([
        'cmp1',
        'VM web-1 (not known)',
      ])
    })
    await repair()
    expect(await on('cmp1', 'virsh', '-q', '-c', 'qemu:///system', 'list', '--all', '--name')).toContain('instance-')
    await bench.clean(drawn)
  })

  it('not of bridges when vswitchd died, whose devices the next plan takes up or away', async () => {
    const drawn = await drawOnCmp1(bench.api, bench.lab, 'vxlan')
    const script = `case "$*" in *"set Port"*"tag=4095"*) ;; *peer*patch-*) kill -9 $(cat /run/openvswitch/ovs-vswitchd.pid); rm -f /run/openvswitch/ovs-vswitchd.pid ;; esac\nexec "$real" "$@"`
    await withProgram('cmp1', 'ovs-vsctl', script, async () => {
      const run = await bench.applyAndFinish((await bench.api.plans.create()).id)
      expect(run.status).toBe('failed')
      expect(explainedRun(run).verdict).not.toMatch(/exit code null/)
      expect(run.leftovers).toEqual([])
      // What waits for a dead switch ends with its time-out.
      expect(run.steps.filter(({ isUndo, status }) => isUndo && status !== 'done')).toEqual([])
    })
    await repair()
    const plan = await bench.api.plans.create()
    expect(isPlanBlocked(plan)).toBe(false)
    await bench.converge()
    await bench.clean(drawn)
  })
})

describe('[PLAN-30] a removal that stops between a namespace and the row of its device', () => {
  it('is undone: the port comes back with a device', async () => {
    const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vxlan', 'halted')
    await bench.converge()
    const device = /tap[0-9a-f]{8}-[0-9a-f]{2}/.exec(await on('cmp2', 'ip', '-n', `qdhcp-${drawn.networkId}`, '-o', 'link', 'show'))![0]
    await eraseNetwork(bench.api, drawn)
    const script = `case "$*" in *"del-port br-int ${device}"*) if ! [ -e /run/refused ]; then : >/run/refused; exit 1; fi ;; esac\nexec "$real" "$@"`
    await withProgram('cmp2', 'ovs-vsctl', script, async () => {
      const run = await bench.applyAndFinish((await bench.api.plans.create()).id)
      expect([run.status, run.leftovers]).toEqual(['failed', []])
      expect(explainedRun(run).verdict).toMatch(/What was done on cmp2 was undone\./)
    })
    await on('cmp2', 'rm', '/run/refused')
    expect(await on('cmp2', 'ip', '-n', `qdhcp-${drawn.networkId}`, '-br', 'address', 'show', 'dev', device)).toMatch(/10\.|192\.|172\./)
    await bench.converge()
    for (const id of Object.values(drawn.hostIds)) await bench.api.hosts.setPrepared({ id, isPrepared: false })
    await bench.converge()
    expect(await bench.leftovers()).toEqual([])
  })
})

describe('the way back needs no database', () => {
  it('and undoes everything while the journal cannot be written', async () => {
    const drawn = await drawOnCmp1(bench.api, bench.lab, 'vlan')
    const plan = await bench.api.plans.create()
    const { runId } = await bench.api.runs.start({ planId: plan.id })
    const broken: { mend(): Promise<void> }[] = []
    for await (const item of await bench.api.runs.watch({ runId })) {
      if (broken.length > 0 || !JSON.stringify(item).includes('"status":"done"')) continue
      for (const [table, operation] of TABLES) broken.push(await breakTable(bench.dataDirectory, table, operation))
    }
    const run = await bench.api.runs.get({ id: runId })
    expect([run.status, run.leftovers]).toEqual(['failed', []])
    expect(explainedRun(run).verdict).toMatch(/could not write to its database.* What was done on cmp1 was undone\./)
    expect(await bench.leftovers()).toEqual([])
    for (const each of broken) await each.mend()
    await eraseDesign(bench.api, drawn)
  })
})

describe('[PLAN-34] one machine', () => {
  it('is not registered a second time under its address, and its two registrations block each other', async () => {
    const [host] = bench.lab.hosts.filter(({ name }) => name === 'cmp1')
    const { cmp1: id } = await registerHosts(bench.api, bench.lab, false, onlyCmp1)
    const { id: physicalNetworkId } = (await bench.api.physicalNetworks.list())[0]!
    const twin = { ...host!, name: 'again', tunnelAddress: '192.168.150.99' }
    await expect(registerHost(bench.api, twin, physicalNetworkId)).rejects.toThrow(/"cmp1" is entered at 127\.0\.0\.1:\d+ already/)
    const { id: again } = await registerHost(
      bench.api,
      { ...twin, ssh: { ...twin.ssh, address: 'localhost' } } as unknown as LabHost,
      physicalNetworkId,
    )
    await bench.api.hosts.probe({ id: again })
    await bench.api.hosts.setPrepared({ id: again, isPrepared: true })
    const { hosts } = await bench.api.plans.create()
    expect(
      hosts
        .map(({ hostName, blocked }) => [hostName, blocked.map((each) => (each.code === 'same-machine' ? each.params.other : each.code))])
        .sort(),
    ).toEqual([
      ['again', ['cmp1']],
      ['cmp1', ['again']],
    ])
    await expect(bench.api.hosts.update({ id: again, patch: { address: '127.0.0.1' } })).rejects.toThrow(/is entered at/)
    expect(id).not.toBe(again)
    expect(await bench.leftovers()).toEqual([])
  })

  it('is changed by one of two consoles that apply at the same moment, and the other takes nothing away', async () => {
    const second = await openConsole()
    try {
      const consoles = [bench.api, second.api]
      for (const api of consoles) await registerHosts(api, bench.lab, false, onlyCmp1)
      const plans = await Promise.all(consoles.map((api) => api.plans.create()))
      const runs = await Promise.all(consoles.map(async (api, index) => finishRun(api, plans[index]!.id)))
      expect(runs.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded'])
      const winner = runs.findIndex(({ status }) => status === 'succeeded')
      const [won, lost] = [consoles[winner]!, runs[1 - winner]!]
      expect(explainedRun(lost).verdict).toMatch(/is being changed by another console just now|carry the mark of host/)
      expect(lost.leftovers).toEqual([])
      expect((await won.plans.create()).hosts.flatMap(({ changes }) => changes)).toEqual([])
      await won.hosts.setPrepared({ id: plans[winner]!.hosts[0]!.hostId, isPrepared: false })
      await finishRun(won, (await won.plans.create()).id)
      expect(await bench.leftovers()).toEqual([])
    } finally {
      await second.close()
    }
  })
})

describe('a host that is edited while it is changed', () => {
  it('goes on with its run when that is about the design, and keeps its login until the run has ended', async () => {
    const { cmp1: id } = await registerHosts(bench.api, bench.lab, false, onlyCmp1)
    const { runId } = await bench.api.runs.start({ planId: (await bench.api.plans.create()).id })
    let edits = 0
    for await (const item of await bench.api.runs.watch({ runId })) {
      if (edits > 0 || !JSON.stringify(item).includes('"status":"done"')) continue
      edits += 1
      await bench.api.hosts.update({ id: id!, patch: { availabilityZone: 'az2', address: '127.0.0.1' } })
      await expect(bench.api.hosts.update({ id: id!, patch: { user: 'nobody' } })).rejects.toThrow(/A run is changing this host/)
      await expect(bench.api.hosts.acceptKey({ id: id!, fingerprint: `SHA256:${'a'.repeat(43)}` })).rejects.toThrow(
        /A run is changing this host/,
      )
    }
    expect([edits, (await bench.api.runs.get({ id: runId })).status]).toEqual([1, 'succeeded'])
    await bench.api.hosts.setPrepared({ id: id!, isPrepared: false })
    expect((await finishRun(bench.api, (await bench.api.plans.create()).id)).status).toBe('succeeded')
    expect(await bench.leftovers()).toEqual([])
  })
})

async function finishRun(api: Api, planId: string): Promise<Run> {
  const { runId } = await api.runs.start({ planId })
  for await (const _ of await api.runs.watch({ runId }));
  return api.runs.get({ id: runId })
}
