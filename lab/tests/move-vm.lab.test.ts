// VMs that are changed on real hosts: one that moves runs on one host at a time and keeps its address, also when a host fails halfway; what can
// be done while it runs is done so, and the rest restarts it.

import { expect, it } from 'vitest'
import { explainImpact } from '@/server/core/explain/plan-findings'
import { explainedRun } from '@/server/core/testing/explained'
import { verify } from '../scenarios/conduct'
import { computeHosts, drawDesign, type Drawn } from '../scenarios/design'
import { on, useBench, withProgram } from './bench'

const bench = useBench()

const virsh = async (host: string, ...argv: string[]): Promise<string> =>
  (await on(host, 'virsh', '-q', '-c', 'qemu:///system', ...argv)).trim()
/** UUIDs of what a host runs, and of what it has defined besides. */
async function vmsOn(host: string): Promise<{ readonly running: readonly string[]; readonly off: readonly string[] }> {
  const list = async (state: string) => (await virsh(host, 'list', state, '--uuid')).split(/\s+/).filter(Boolean)
  return { running: await list('--state-running'), off: await list('--state-shutoff') }
}

const vmOf = async (id: string) => (await bench.api.vms.list()).find((vm) => vm.id === id)!
const portsOf = async (id: string) => (await bench.api.ports.list()).filter(({ deviceId }) => deviceId === id)
const moveTo = (drawn: Drawn, id: string, host: string) => bench.api.vms.update({ id, patch: { hostId: drawn.hostIds[host]! } })
async function proof({ vmIds: [from, to] }: Drawn): Promise<string> {
  const { status, verdict } = await verify(bench.api, (await vmOf(from)).portIds[0]!, (await vmOf(to)).portIds[0]!)
  return status === 'passed' ? status : JSON.stringify(verdict)
}

it('[PLAN-41] a VM that moves runs on one host at a time, and where it was when the other cannot start it', async () => {
  const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vxlan')
  const [web1, web2] = drawn.vmIds
  await bench.converge()
  const [before] = await portsOf(web1)

  await moveTo(drawn, web1, 'cmp2')
  const plan = await bench.api.plans.create()
  expect(plan.impacts.filter(({ portId }) => portId === before!.id).map(({ kind, reason }) => `${kind}: ${explainImpact(reason)}`)).toEqual(
    ['rebuilt: VM web-1 is stopped on cmp1 and started on cmp2; its addresses stay'],
  )
  await withProgram('cmp2', 'virsh', `case "$*" in *" start "*) echo "no image" >&2; exit 1 ;; esac\nexec "$real" "$@"`, async () => {
    const run = await bench.applyAndFinish(plan.id)
    expect(run).toMatchObject({ status: 'failed', leftovers: [] })
    const { verdict } = explainedRun(run)
    expect(verdict).toContain('What was done on cmp1 was undone.')
    expect(verdict).toContain('What was done on cmp2 was undone.')
    expect(verdict).toContain('VM web-1 did not move, since cmp2 failed')
  })
  expect(await vmsOn('cmp1')).toEqual({ running: [web1], off: [] })
  expect(await vmsOn('cmp2')).toEqual({ running: [web2], off: [] })

  await bench.converge()
  expect(await vmsOn('cmp1')).toEqual({ running: [], off: [] })
  expect((await vmsOn('cmp2')).running.toSorted()).toEqual([web1, web2].toSorted())
  expect(await portsOf(web1)).toEqual([{ ...before, hostId: drawn.hostIds['cmp2'] }])
  expect(await on('cmp1', 'sh', '-c', `ip -o link show | grep -c ${before!.id.slice(0, 11)} || true`)).toBe('0\n')

  await moveTo(drawn, web1, 'cmp1')
  await bench.converge()
  await moveTo(drawn, web1, 'cmp2')
  await moveTo(drawn, web2, 'cmp1')
  await bench.converge()
  expect([await vmsOn('cmp1'), await vmsOn('cmp2')]).toEqual([
    { running: [web2], off: [] },
    { running: [web1], off: [] },
  ])
  expect(await proof(drawn)).toBe('passed')
  await bench.clean(drawn)
})

it('a VM goes on under another name and with another NIC, and starts anew for memory and the order of its NICs', async () => {
  const drawn = await drawDesign(bench.api, computeHosts(bench.lab), 'vlan')
  const [web1] = drawn.vmIds
  await bench.converge()
  const update = (patch: Parameters<typeof bench.api.vms.update>[0]['patch']) => bench.api.vms.update({ id: web1, patch })
  const domainId = () => virsh('cmp1', 'domid', web1)
  const first = await domainId()

  await update({ name: '--web "one"' })
  await bench.converge()
  expect(await virsh('cmp1', 'desc', web1, '--title')).toBe('--web "one"')
  expect(await virsh('cmp1', 'desc', web1, '--title', '--config')).toBe('--web "one"')
  await update({ name: 'web-1', nics: [...(await vmOf(web1)).portIds.map((portId) => ({ portId })), { networkId: drawn.networkId }] })
  const plugged = await bench.converge()
  expect(plugged.impacts.map(({ kind }) => kind)).toEqual(['new'])
  expect(await domainId()).toBe(first)

  const [eth0, eth1] = (await vmOf(web1)).portIds.map((portId) => ({ portId }))
  await update({ nics: [eth1!, eth0!] })
  const turned = await bench.converge()
  expect(turned.impacts.map(({ kind, reason }) => `${kind}: ${explainImpact(reason)}`)).toEqual([
    'rebuilt: VM web-1 is restarted: NIC order',
    'rebuilt: VM web-1 is restarted: NIC order',
  ])
  const second = await domainId()
  expect(second).not.toBe(first)

  await update({ nics: [eth0!], memoryMib: 160 })
  await bench.converge()
  expect(await virsh('cmp1', 'dominfo', web1)).toMatch(/Max memory: +163840 KiB/)
  expect(await portsOf(web1)).toHaveLength(1)
  expect(await proof(drawn)).toBe('passed')
  await bench.clean(drawn)
})
