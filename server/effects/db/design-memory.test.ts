// What is told from memory is what stands in the rows, whoever wrote them and whatever failed.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TopologyEdit } from '@/server/core/topology/edit'
import { setHostPrepared, updateHost } from '@/server/core/topology/kinds/host/host-edits'
import { createNetwork, removeNetwork, updateNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { createPort, removePort, updatePort } from '@/server/core/topology/kinds/port/port-edits'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createSubnet, updateSubnet } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { addSubPorts, createTrunk, removeSubPorts } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { createVm, removeVm } from '@/server/core/topology/kinds/vm/vm-edits'
import { countedIds, makeSample } from '@/server/core/topology/testing/sample'
import type { Topology } from '@/server/core/topology/topology'
import { databaseUrlOf } from '../env'
import { systemIds } from '../ids'
import { openDatabase } from './database'
import { openTempStore, type TempStore } from './testing/temp-store'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })
let temp: TempStore
beforeEach(async () => {
  temp = await openTempStore()
})
afterEach(() => temp.remove())

const put =
  (topology: Topology): TopologyEdit<null> =>
  () => ({ ok: true, topology, value: null })
const sample = makeSample()
const { physnet1, demo, blue } = sample

describe('an edit from memory does what one from the rows does', () => {
  const pick = (items: readonly { readonly id: string }[], index: number): string => items[index % Math.max(1, items.length)]?.id ?? 'none'
  const boot = { kind: 'disk', path: '/a', format: 'raw' } as const

  type Move = (topology: Topology, n: number, ids: ReturnType<typeof countedIds>) => TopologyEdit<unknown>
  const moves: readonly Move[] = [
    ({ networks }, n, ids) => updateNetwork(pick(networks, n), { name: `n${n}`, mtu: 1300 + n }, ids),
    (_, n, ids) =>
      createNetwork({ projectId: demo, name: `n${n}`, type: 'vlan', physicalNetworkId: physnet1, segmentationId: 100 + (n % 4) }, ids),
    ({ networks }, n, ids) =>
      createSubnet(
        { networkId: pick(networks, n), name: `s${n}`, cidr: `10.${n % 5}.0.0/29`, isDhcpEnabled: n % 2 === 0, dnsNameservers: [] },
        ids,
      ),
    ({ subnets }, n, ids) => updateSubnet(pick(subnets, n), { isDhcpEnabled: n % 2 === 0, name: `s${n}` }, ids),
    ({ ports }, n, ids) =>
      updatePort(pick(ports, n), { name: `p${n % 3}`, ...(n % 3 === 0 && { macAddress: ports[(n + 1) % ports.length]!.macAddress }) }, ids),
    ({ networks, ports }, n, ids) =>
      createPort({ networkId: pick(networks, n), name: '', fixedIps: [...(ports[n % ports.length]?.fixedIps ?? [])] }, ids),
    ({ networks }, n, ids) => createPort({ networkId: pick(networks, n), name: `q${n}` }, ids),
    ({ hosts, networks }, n, ids) =>
      createVm(
        {
          projectId: demo,
          name: `v${n}`,
          hostId: pick(hosts, n),
          networkIds: [pick(networks, n), pick(networks, n + 1)],
          memoryMib: 128,
          vcpus: 1,
          boot,
        },
        ids,
      ),
    ({ ports }, n, ids) =>
      createTrunk(
        { projectId: demo, name: '', portId: pick(ports, n), subPorts: [], isAdminStateUp: true },
        { ids, now: '2026-01-01T00:00:00.000Z' },
      ),
    ({ trunks, networks }, n, ids) =>
      addSubPorts(pick(trunks, n), [{ networkId: pick(networks, n), segmentationType: 'vlan', segmentationId: (n % 3) + 1 }], {
        ids,
        now: '2026-01-01T00:00:00.000Z',
      }),
    ({ trunks }, n, ids) =>
      removeSubPorts(
        pick(trunks, n),
        { portIds: trunks[n % Math.max(1, trunks.length)]?.subPorts.map(({ portId }) => portId) ?? [], deletesPorts: n % 2 === 0 },
        { ids, now: '2026-01-01T00:00:00.000Z' },
      ),
    ({ hosts }, n, ids) => setHostPrepared(pick(hosts, n), n % 3 > 0, ids),
    ({ hosts }, n, ids) => updateHost(pick(hosts, n), { name: `h${n}`, roles: n % 2 ? ['compute', 'network'] : ['network'] }, ids),
    ({ vms }, n, ids) => removeVm(pick(vms, n), ids),
    ({ ports }, n, ids) => removePort(pick(ports, n), ids),
    ({ networks }, n) => removeNetwork(pick(networks, n)),
  ]
  const scripts = fc.array(fc.tuple(fc.nat(moves.length - 1), fc.nat(30)), { minLength: 8, maxLength: 20 })
  const outcomeOf = (edit: Promise<unknown>) =>
    edit.then(
      (value) => ({ value }),
      ({ code, message, context }) => ({ code, message, context }),
    )

  it('the same values, the same refusals, the same topology', async () => {
    const other = await openTempStore()
    try {
      await fc.assert(
        fc.asyncProperty(scripts, async (script) => {
          for (const store of [temp.store, other.store]) await store.edit(put(sample.draft.topology))
          const [fastIds, slowIds] = [countedIds(1000), countedIds(1000)]
          for (const [move, n] of script) {
            const before = await temp.store.loadTopology()
            const slow = other.reopen()
            const fastOutcome = await outcomeOf(temp.store.edit(moves[move]!(before, n, fastIds)))
            expect(fastOutcome).toEqual(await outcomeOf(slow.edit(moves[move]!(await slow.loadTopology(), n, slowIds))))
            await slow.close()
          }
          const fromRows = await other.reopen().loadTopology()
          expect(await temp.store.loadTopology()).toEqual(fromRows)
          expect(await temp.reopen().loadTopology()).toEqual(fromRows)
        }),
        { numRuns: 6 },
      )
    } finally {
      await other.remove()
    }
  })
})

describe('several consoles on one database', () => {
  it('each sees what the others did, and edits on top of it', async () => {
    const other = temp.reopen()
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    await other.edit(createProject({ name: 'b' }, systemIds))
    await expect(temp.store.edit(createProject({ name: 'b' }, systemIds))).rejects.toMatchObject({ context: { rule: 'name-unique' } })
    await temp.store.edit(createProject({ name: 'c' }, systemIds))
    for (const store of [temp.store, other])
      expect(await store.loadDesign()).toMatchObject({ version: 3, topology: { projects: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } })
  })

  it('a revision that another one recorded is the base at once, and what did not change stays the same object', async () => {
    await temp.store.edit(put(sample.draft.topology))
    const { topology } = await temp.store.loadDesign()
    await temp.reopen().revisions.record(topology, 'plan-1')
    const after = await temp.store.loadDesign()
    expect(after.base.number).toBe(1)
    expect(after.topology).toBe(topology)
    expect(after.base.topology.ports).toBe(topology.ports)
    await temp.reopen().edit(updateNetwork(blue, { name: 'navy' }, systemIds))
    const renamed = await temp.store.loadTopology()
    expect(renamed.networks.map(({ name }) => name)).toContain('navy')
    expect(renamed.ports).toBe(topology.ports)
  })
})

describe('a read', () => {
  it('is answered from memory while nothing changes', async () => {
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    expect(await temp.store.loadDesign()).toBe(await temp.store.loadDesign())
  })

  it('waits for nobody who writes, and sees nothing of what is half done', async () => {
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    const [fresh, other] = [temp.reopen(), openDatabase(databaseUrlOf(temp.dataDirectory))]
    await other.write(async (tx) => {
      await tx.$executeRawUnsafe(`UPDATE Project SET name = 'half done'`)
      for (const store of [temp.store, fresh]) expect((await store.loadTopology()).projects).toMatchObject([{ name: 'a' }])
    })
    await other.close()
  })
})

describe('an edit that fails', () => {
  it.each([
    ['in the rows', 'Project', 'INSERT'],
    ['when it counts its version', 'DesignState', 'UPDATE'],
  ] as const)('%s leaves memory as it was', async (_, table, operation) => {
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    const before = await temp.store.loadDesign()
    const broken = await temp.breakTable(table, operation)
    await expect(temp.store.edit(createProject({ name: 'b' }, systemIds))).rejects.toThrow()
    expect(await temp.store.loadDesign()).toBe(before)
    await broken.mend()
    await temp.store.edit(createProject({ name: 'b' }, systemIds))
    expect(await temp.store.loadDesign()).toEqual(await temp.reopen().loadDesign())
  })
})
