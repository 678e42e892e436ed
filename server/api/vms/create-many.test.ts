// Several VMs, and subports, in one call: one transaction, one version, one event.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeSample } from '@/server/core/topology/testing/sample'
import { callFailing } from '../testing/call-failing'
import { openTempApi, type TempApi } from '../testing/temp-api'

const { draft, demo, blue, cmp1, cmp2 } = makeSample()
const pattern = {
  projectId: demo,
  name: 'app-#',
  hostId: cmp1,
  networkIds: [blue],
  memoryMib: 128,
  vcpus: 1,
  boot: { kind: 'disk', path: '/a', format: 'raw' } as const,
}

let temp: TempApi
beforeEach(async () => {
  temp = await openTempApi()
  await temp.store.edit(() => ({ ok: true, topology: draft.topology, value: null }))
})
afterEach(() => temp.remove())

const madeOf = async () => (await temp.store.loadTopology()).vms.filter(({ name }) => name.startsWith('app'))

it('20 VMs after a pattern, on hosts in turn, are one version and one event', async () => {
  const [stop, heard] = [new AbortController(), [] as number[]]
  const events = temp.events.subscribe(['design'], stop.signal)
  const listening = (async () => {
    for await (const { version } of events) heard.push(version)
  })()
  const { ids } = await temp.api.vms.createMany({ pattern, count: 20, from: 5, hostIds: [cmp1, cmp2] })
  const vms = await madeOf()
  expect(ids.map((id) => vms.find((vm) => vm.id === id)).map((vm) => [vm?.name, vm?.hostId])).toEqual(
    Array.from({ length: 20 }, (_, index) => [`app-${index + 5}`, index % 2 ? cmp2 : cmp1]),
  )
  const { version, topology } = await temp.store.loadDesign()
  expect(version).toBe(2)
  const addresses = topology.ports.flatMap(({ fixedIps }) => fixedIps.map(({ ipAddress }) => ipAddress))
  expect(new Set(addresses).size).toBe(addresses.length)
  stop.abort()
  await listening
  expect(heard).toEqual([2])
})

it('each sees those before it, and one that is refused takes all back and is named', async () => {
  const { id: portId } = await temp.api.ports.create({ networkId: blue, name: 'spare' })
  const onPort = { ...pattern, networkIds: [], nics: [{ portId }] }
  const error = await callFailing(temp.api.vms.createMany({ items: [pattern, { ...onPort, name: 'app-2' }, { ...onPort, name: 'app-3' }] }))
  expect(error).toMatchObject({ code: 'conflict', field: 'items.2.nics.0.portId', rule: 'port-unused' })
  expect(await madeOf()).toEqual([])
  expect(await callFailing(temp.api.vms.createMany({ pattern: { ...pattern, vcpus: 0 }, count: 2 }))).toMatchObject({
    field: 'items.0.vcpus',
  })
})

it('more than a hundred are too many for one call', async () => {
  expect(await callFailing(temp.api.vms.createMany({ pattern, count: 101 }))).toMatchObject({ code: 'invalid_input' })
})

it('100 subports are one version', async () => {
  const portId = draft.topology.vms[0]!.portIds[0]!
  const { id } = await temp.api.trunks.create({ projectId: demo, name: '', portId, subPorts: [] })
  const { version } = await temp.store.loadDesign()
  await temp.api.trunks.addSubports({
    id,
    subPorts: Array.from({ length: 100 }, (_, index) => ({ networkId: blue, segmentationType: 'vlan', segmentationId: index + 1 })),
  })
  const after = await temp.store.loadDesign()
  expect(after.version).toBe(version + 1)
  expect(after.topology.trunks[0]?.subPorts).toHaveLength(100)
})
