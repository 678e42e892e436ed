// Security groups through the API, in Neutron's terms: what goes in comes out, and what must not go in names its rule.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let projectId: string
let networkId: string
beforeAll(async () => {
  temp = await openTempApi()
  projectId = (await temp.api.projects.create({ name: 'demo' })).id
  networkId = (await temp.api.networks.create({ projectId, name: 'blue', type: 'vxlan' })).id
})
afterAll(() => temp.remove())

const defaultOf = async (id: string) => (await temp.api.securityGroups.list({ projectId: id })).find(({ name }) => name === 'default')!

it('a group is made with its rules, shown with who is in it and who names it, and removed', async () => {
  const { api } = temp
  const web = await api.securityGroups.create({ projectId, name: 'web', description: 'pages' })
  const rules = [{ direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: 5432, remoteGroupId: web.id }] as const
  const { id } = await api.securityGroups.create({ projectId, name: 'db', rules: [...rules] })
  const port = await api.ports.create({ networkId, name: 'p', securityGroupIds: [web.id] })
  expect(await api.securityGroups.get({ id: web.id })).toMatchObject({
    projectId,
    name: 'web',
    description: 'pages',
    rules: [
      { direction: 'egress', etherType: 'IPv4' },
      { direction: 'egress', etherType: 'IPv6' },
    ],
    portIds: [port.id],
    namedBy: [id],
  })
  expect((await api.securityGroups.list({ projectId })).map(({ name }) => name)).toEqual(['db', 'default', 'web'])
  expect(await callFailing(api.securityGroups.remove({ id: web.id }))).toMatchObject({
    code: 'conflict',
    rule: 'security-group-unused',
    objects: ['p', 'db'],
  })
  await api.securityGroups.update({ id: web.id, patch: { name: 'pages', seen: { name: 'web' } } })
  await api.ports.update({ id: port.id, patch: { securityGroupIds: [(await defaultOf(projectId)).id] } })
  await api.securityGroups.remove({ id })
  await api.securityGroups.remove({ id: web.id })
  expect((await api.securityGroups.list()).map(({ name }) => name)).toEqual(['default'])
  expect(await callFailing(api.securityGroups.get({ id }))).toMatchObject({ code: 'not_found', rule: 'known-object' })
})

it('rules come and go, all or none, and are there after a restart', async () => {
  const { api } = temp
  const { id } = await api.securityGroups.create({ projectId, name: 'ssh', rules: [] })
  const ssh = { direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: 22 } as const
  await api.securityGroups.addRules({ id, rules: [ssh, { direction: 'ingress', etherType: 'IPv6', protocol: 58, portRangeMin: 128 }] })
  const [first, second] = (await api.securityGroups.get({ id })).rules
  expect([first, second]).toMatchObject([
    { protocol: 'tcp', portRangeMin: 22, portRangeMax: 22, remoteIpPrefix: null, remoteGroupId: null, description: '' },
    { protocol: 'ipv6-icmp', portRangeMin: 128, portRangeMax: null },
  ])
  const failed = await callFailing(
    api.securityGroups.addRules({ id, rules: [{ ...ssh, portRangeMin: 23 }, ssh, { ...ssh, remoteIpPrefix: '10.0.0.5/24' }] }),
  )
  expect(failed.issues.map(({ rule, field }) => [rule, field])).toEqual([
    ['security-group-rule-unique', 'rules.1'],
    ['ip-prefix-host-bits', 'rules.2.remoteIpPrefix'],
  ])
  await api.securityGroups.removeRules({ id, ruleIds: [first!.id] })
  expect((await api.securityGroups.get({ id })).rules).toEqual([second])
  expect((await temp.reopen().loadTopology()).securityGroups.find((group) => group.id === id)?.rules).toEqual([second])
})

it('a port is in the default group, sends from its pairs, and is in none without port security', async () => {
  const { api } = temp
  const { id } = await api.ports.create({ networkId, name: 'q', allowedAddressPairs: [{ ipAddress: '10.9.0.0/24' }] })
  const find = async () => (await temp.reopen().loadTopology()).ports.find((port) => port.id === id)!
  const port = await find()
  expect(port).toMatchObject({
    securityGroupIds: [(await defaultOf(projectId)).id],
    allowedAddressPairs: [{ ipAddress: '10.9.0.0/24', macAddress: port.macAddress }],
  })
  await api.ports.update({ id, patch: { isPortSecurityEnabled: false } })
  const { securityGroupIds: _groups, allowedAddressPairs: _pairs, ...others } = port
  expect(await find()).toEqual({ ...others, isPortSecurityEnabled: false })
})

it('the default group of a project goes with it', async () => {
  const { api } = temp
  const { id } = await api.projects.create({ name: 'short' })
  const group = await defaultOf(id)
  expect(await callFailing(api.securityGroups.remove({ id: group.id }))).toMatchObject({ rule: 'security-group-default' })
  await api.projects.remove({ id })
  expect(await api.securityGroups.list({ projectId: id })).toEqual([])
})

it('more rules than a request may bring are no rules', async () => {
  const rule = { direction: 'egress', etherType: 'IPv4' } as const
  const { id } = await defaultOf(projectId)
  expect(await callFailing(temp.api.securityGroups.addRules({ id, rules: Array.from({ length: 201 }, () => rule) }))).toMatchObject({
    code: 'invalid_input',
    field: 'rules',
  })
})

it('ports are put into a group together, beside those that they are in, or not at all', async () => {
  const { api } = temp
  const { id } = await api.securityGroups.create({ projectId, name: 'many' })
  const own = (await defaultOf(projectId)).id
  const portIds = [(await api.ports.create({ networkId, name: 'p1' })).id, (await api.ports.create({ networkId, name: 'p2' })).id]
  const groupsOf = async (portId: string) => (await api.ports.list()).find(({ id: each }) => each === portId)?.securityGroupIds
  expect(await callFailing(api.securityGroups.addPorts({ id, portIds: [portIds[0]!, id] }))).toMatchObject({
    code: 'not_found',
    field: 'portIds.1',
  })
  expect(await groupsOf(portIds[0]!)).toEqual([own])
  expect(await api.securityGroups.addPorts({ id, portIds })).toEqual({ id })
  for (const portId of portIds) expect(await groupsOf(portId)).toEqual([own, id].toSorted())
})
