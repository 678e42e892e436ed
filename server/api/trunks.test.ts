// Trunks through the API, in Neutron's terms: what goes in comes out with a state, and what must not go in names its rule.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })
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
  const { id } = await api.trunks.create({ projectId, name: 'trunk', portId: parent, subPorts: [{ portId: red, segmentationType: 'vlan', segmentationId: 10 }] })
  return { projectId, parent, red, blue, id }
}

it('shows a trunk as Neutron does', async () => {
  expect(await temp.api.trunks.get({ id: ids.id })).toEqual({
    id: ids.id,
    projectId: ids.projectId,
    name: 'trunk',
    portId: ids.parent,
    status: 'DOWN',
    statusReason: 'The parent is used by no VM yet.',
    subPorts: [{ portId: ids.red, segmentationType: 'vlan', segmentationId: 10 }],
    isAdminStateUp: true,
    revisionNumber: 0,
    createdAt: expect.stringMatching(/^20\d\d-/),
    updatedAt: expect.stringMatching(/^20\d\d-/),
  })
  expect((await temp.api.trunks.list({ projectId: ids.projectId })).map((trunk) => trunk.name)).toEqual(['trunk'])
})

describe('bad input is refused by name, and nothing is half-built', () => {
  const add = (segmentationId: number | string, portId = ids.blue) => () => temp.api.trunks.addSubports({ id: ids.id, subPorts: [{ portId, segmentationType: 'vlan', segmentationId }] })
  it.each([
    ['id 0', () => add(0)(), 'invalid_input', 'trunk-segmentation-range'],
    ['id 4095', () => add(4095)(), 'invalid_input', 'trunk-segmentation-range'],
    ['text', () => add('ten')(), 'invalid_input', 'trunk-segmentation-range'],
    ['the same id twice', () => add(10)(), 'conflict', 'trunk-segmentation-unique'],
    ['a parent as subport', () => add(11, ids.parent)(), 'conflict', 'trunk-no-nesting'],
    ['deleting a used port', () => temp.api.ports.remove({ id: ids.red }), 'conflict', 'port-of-trunk'],
    ['a second trunk on the parent', () => temp.api.trunks.create({ projectId: ids.projectId, portId: ids.parent }), 'conflict', 'trunk-parent-unique'],
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
  expect(await temp.api.trunks.guestCommands({ id: ids.id })).toMatchObject([{ device: 'eth0.11', text: expect.stringMatching(/^ip link add link eth0 name eth0\.11 address fa:16:3e:/) }])
  await temp.api.trunks.remove({ id: ids.id })
  expect(await callFailing(temp.api.trunks.get({ id: ids.id }))).toMatchObject({ code: 'not_found' })
  await temp.api.ports.remove({ id: ids.red })
})
