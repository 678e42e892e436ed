// Trunks through the API, in Neutron's terms: what goes in comes out with a state, and what must not go in names its rule.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let ids: Awaited<ReturnType<typeof buildDesign>>
beforeAll(async () => {
  temp = await openTempApi()
  ids = await buildDesign(temp)
})
afterAll(() => temp.remove())

async function buildDesign({ api }: TempApi) {
  const { id: projectId } = await api.projects.create({ name: 'demo' })
  const network = async (name: string) => (await api.networks.create({ projectId, name, type: 'vxlan' })).id
  const port = async (name: string) => (await api.ports.create({ name, networkId: await network(name) })).id
  const [parent, red, blue] = [await port('parent'), await port('red'), await port('blue')]
  const { id } = await api.trunks.create({
    projectId,
    name: 'trunk',
    portId: parent,
    subPorts: [{ portId: red, segmentationType: 'vlan', segmentationId: 10 }],
  })
  const elsewhere = await port('elsewhere')
  await api.trunks.create({ projectId, name: 'other trunk', portId: elsewhere })
  return {
    projectId,
    parent,
    red,
    blue,
    elsewhere,
    id,
    networkId: (await api.networks.list({ projectId })).find(({ name }) => name === 'blue')!.id,
  }
}

it('shows a trunk as Neutron does', async () => {
  expect(await temp.api.trunks.get({ id: ids.id })).toEqual({
    id: ids.id,
    projectId: ids.projectId,
    name: 'trunk',
    portId: ids.parent,
    status: 'DOWN',
    reason: { code: 'parent-unused', params: {}, severity: 'note', subject: { kind: 'trunk', id: ids.id, name: 'trunk' } },
    subPorts: [{ portId: ids.red, segmentationType: 'vlan', segmentationId: 10 }],
    isAdminStateUp: true,
    revisionNumber: 0,
    createdAt: expect.stringMatching(/^20\d\d-/),
    updatedAt: expect.stringMatching(/^20\d\d-/),
  })
  expect((await temp.api.trunks.list({ projectId: ids.projectId })).map((trunk) => trunk.name).sort()).toEqual(['other trunk', 'trunk'])
})

describe('bad input is refused by name, and nothing is half-built', () => {
  const add =
    (segmentationId: number | string, portId = ids.blue) =>
    () =>
      temp.api.trunks.addSubports({ id: ids.id, subPorts: [{ portId, segmentationType: 'vlan', segmentationId }] })
  /** Two at once, with ports made on the way, the second of them wrong. */
  const addTwo = (first: number, second: number | string) => () =>
    temp.api.trunks.addSubports({
      id: ids.id,
      subPorts: [first, second].map((segmentationId) => ({ networkId: ids.networkId, segmentationType: 'vlan', segmentationId })),
    })
  const create =
    (portId: string, ...subPortIds: string[]) =>
    () =>
      temp.api.trunks.create({
        projectId: ids.projectId,
        portId,
        subPorts: subPortIds.map((each, index) => ({ portId: each, segmentationType: 'vlan', segmentationId: index + 1 })),
      })
  it.each([
    ['id 0', () => add(0)(), 'invalid_input', 'trunk-segmentation-range'],
    ['id 4095', () => add(4095)(), 'invalid_input', 'trunk-segmentation-range'],
    ['text', () => add('ten')(), 'invalid_input', 'trunk-segmentation-range'],
    ['the same id twice', () => add(10)(), 'conflict', 'trunk-segmentation-unique'],
    ['the same id twice in one call', () => addTwo(11, 11)(), 'conflict', 'trunk-segmentation-unique'],
    ['a good one beside id 4095', () => addTwo(11, 4095)(), 'invalid_input', 'trunk-segmentation-range'],
    ['a good one beside text', () => addTwo(11, 'ten')(), 'invalid_input', 'trunk-segmentation-range'],
    ['the parent as subport', () => add(11, ids.parent)(), 'conflict', 'trunk-no-nesting'],
    ['a parent elsewhere as subport', () => add(11, ids.elsewhere)(), 'conflict', 'trunk-no-nesting'],
    ['a subport as parent', () => create(ids.red)(), 'conflict', 'trunk-no-nesting'],
    ['a subport of another trunk', () => create(ids.blue, ids.red)(), 'conflict', 'subport-unique'],
    ['a second trunk on the parent', () => create(ids.parent)(), 'conflict', 'trunk-parent-unique'],
    ['deleting a subport', () => temp.api.ports.remove({ id: ids.red }), 'conflict', 'port-of-trunk'],
    ['deleting a parent', () => temp.api.ports.remove({ id: ids.parent }), 'conflict', 'port-of-trunk'],
  ])('%s', async (_, call, code, rule) => {
    const before = await temp.store.loadTopology()
    expect(await callFailing(call())).toMatchObject({ code, rule })
    expect(await temp.store.loadTopology()).toEqual(before)
  })
})

it('adds and removes subports, and counts revisions', async () => {
  await temp.api.trunks.addSubports({ id: ids.id, subPorts: [{ portId: ids.blue, segmentationType: 'vlan', segmentationId: 11 }] })
  await temp.api.trunks.update({ id: ids.id, patch: { name: 'renamed' } })
  await temp.api.trunks.removeSubports({ id: ids.id, portIds: [ids.red] })
  expect(await temp.api.trunks.get({ id: ids.id })).toMatchObject({ name: 'renamed', revisionNumber: 3, subPorts: [{ portId: ids.blue }] })
  expect(await temp.api.trunks.guestCommands({ id: ids.id })).toMatchObject([
    { device: 'eth0.11', text: expect.stringMatching(/^ip link add link eth0 name eth0\.11 address fa:16:3e:/) },
  ])
  await temp.api.trunks.remove({ id: ids.id })
  expect(await callFailing(temp.api.trunks.get({ id: ids.id }))).toMatchObject({ code: 'not_found' })
  await temp.api.ports.remove({ id: ids.red })
})
