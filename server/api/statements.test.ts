// A page of 80 hosts asks the database for no more than one of 5: what is looked up by id in one turn, Prisma asks for in one statement
// (findUnique), so pages ask for each host and for all of them at once.

import { afterEach, expect, it } from 'vitest'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createSubnet } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { createTrunk } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { createVm } from '@/server/core/topology/kinds/vm/vm-edits'
import { createNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { Draft } from '@/server/core/topology/testing/sample'
import { countStatements, type StatementCount } from '@/server/effects/db/testing/count-statements'
import { createConductor } from '@/server/reconcile/create-conductor'
import { anObservation } from '@/server/effects/db/testing/records'
import { createCallerFactory } from './trpc'
import { appRouter } from './router'
import { openTempApi } from './testing/temp-api'

let count: StatementCount
afterEach(() => count.stop())

/** Hosts, each with a VM whose port is a trunk's parent, entered somewhere and read once. */
function cloud(hosts: number) {
  const draft = new Draft()
  const { ids } = draft
  const projectId = draft.make(createProject({ name: 'demo' }, ids)).id
  const networkId = draft.make(createNetwork({ projectId, name: 'blue', type: 'vxlan' }, ids)).id
  draft.make(createSubnet({ networkId, name: 'blue', cidr: '10.0.0.0/16', isDhcpEnabled: false, dnsNameservers: [] }, ids))
  for (let number = 1; number <= hosts; number += 1) {
    const hostId = draft.host(`cmp${number}`, number)
    const name = `vm${number}`
    const { id } = draft.make(
      createVm(
        { projectId, name, hostId, networkIds: [networkId], memoryMib: 128, vcpus: 1, boot: { kind: 'disk', path: '/a', format: 'raw' } },
        ids,
      ),
    )
    const portId = draft.topology.vms.find((vm) => vm.id === id)!.portIds[0]!
    draft.make(createTrunk({ projectId, name: '', portId, subPorts: [], isAdminStateUp: true }, { ids, now: '2026-01-01T00:00:00.000Z' }))
  }
  return draft.topology
}

const PAGES = ['overview', 'hosts', 'host', 'trunks', 'design', 'changes', 'ports', 'vms'] as const

async function statementsOf(hosts: number): Promise<Readonly<Record<string, number>>> {
  const temp = await openTempApi()
  const conductor = createConductor({ ...temp.ctx })
  try {
    const topology = cloud(hosts)
    await temp.store.edit(() => ({ ok: true, topology, value: null }))
    const access = topology.hosts.map(({ id, name }, index) => `('${id}', '${name}', '192.0.2.${index}', 22, 'root', 'agent')`)
    await temp.sql(`INSERT INTO HostAccess (hostId, name, address, port, user, authKind) VALUES ${access.join()}`)
    for (const { id } of topology.hosts) await temp.store.observations.save(anObservation(id, '2026-01-01T00:00:00.000Z'))
    // As after a restart: no reading is in memory.
    const store = temp.reopen()
    const api = createCallerFactory(appRouter)({ ...temp.ctx, store, conductor: createConductor({ ...temp.ctx, store }) })
    await api.topology.get()
    const calls: Readonly<Record<(typeof PAGES)[number], () => Promise<unknown>>> = {
      overview: () => api.overview.get(),
      hosts: () => api.hosts.list(),
      host: () => api.hosts.get({ id: topology.hosts[0]!.id }),
      trunks: () => api.trunks.list(),
      design: () => api.topology.get(),
      changes: () => api.changes.list(),
      ports: () => api.ports.list(),
      vms: () => api.vms.list(),
    }
    const counts: Record<string, number> = {}
    for (const page of PAGES) counts[page] = await count.during(calls[page])
    return counts
  } finally {
    await conductor.close()
    await temp.remove()
  }
}

it('the number of statements does not grow with the number of hosts', async () => {
  count = countStatements()
  const few = await statementsOf(5)
  expect(few['hosts']).toBeGreaterThan(0)
  expect(await statementsOf(80)).toEqual(few)
})
