import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { emptyPlan } from '@/server/core/explain/specimens/plans'
import { routerNamespace } from '@/server/core/naming'
import type { Step } from '@/server/core/plan/plan'
import { portsOfRouter } from '@/server/core/topology/router-ports'
import { makeOneOfEach } from '@/server/core/topology/testing/one-of-each'

import { aboutObject, planAbout } from './about'

const topology = makeOneOfEach()
const index = indexTopology(topology, [])
const [edge, inner] = ['edge', 'inner'].map((name) => topology.routers.find((router) => router.name === name)!)
const floatingIp = topology.floatingIps.find(({ fixedPortId }) => fixedPortId !== null)!
const address = index.port(floatingIp.portId)!.fixedIps[0]!.ipAddress
const group = topology.securityGroups.find(({ name }) => name === 'default')!
const mac = portsOfRouter(topology.ports, inner!.id)[0]!.macAddress

const step = (title: string, argv: readonly string[], stdin?: string): Step => ({
  id: `net1/${title}`,
  title,
  reason: 'since it is missing',
  command: { argv, isPrivileged: true, isMutating: true, timeoutMs: 1000, ...(stdin !== undefined && { stdin }) },
})
const plan = {
  ...emptyPlan,
  objects: [edge!, inner!].map(({ id, name }) => ({ action: 'create', kind: 'router', id, name, fields: [] }) as const),
  impacts: topology.ports.map(
    ({ id }) => ({ kind: 'new', hostId: 'net1', portId: id, label: id, reason: { code: 'plugged-first', params: {} } }) as const,
  ),
  hosts: [
    {
      hostId: 'net1',
      hostName: 'net1',
      observedAt: '2026-11-20T23:41:08.000Z',
      changes: [],
      blocked: [],
      kept: [],
      undo: [],
      steps: [
        step('edge', ['ip', 'netns', 'add', routerNamespace(edge!.id)]),
        step('inner', ['ovs-ofctl', 'add-flow', 'br-int', `priority=20,dl_src=${mac}`]),
        step('address', ['iptables-restore'], `-A PREROUTING -d ${address} -j DNAT`),
        step('another address', ['ip', 'route', 'replace', `${address}9/32`]),
        step('nobody', ['ovs-vsctl', 'add-br', 'br-tun']),
      ],
    },
  ],
}
const stepsOf = (object: Parameters<typeof aboutObject>[1]) =>
  planAbout(plan, aboutObject(index, object)).hosts.flatMap(({ steps }) => steps.map(({ title }) => title))

describe('the part of a plan that is about an object', () => {
  it.each([
    ['a router, by its namespace', { kind: 'router', item: edge! }, ['edge']],
    ['a router, by the MAC of a port', { kind: 'router', item: inner! }, ['inner']],
    ['a floating IP, by its address', { kind: 'floatingIp', item: floatingIp }, ['address']],
    ['a group whose chains are there already', { kind: 'securityGroup', item: group }, []],
  ] as const)('is the commands that name it: %s', (_, object, titles) => expect(stepsOf(object)).toEqual(titles))

  it('is its own change, and the ports that notice', () => {
    const { objects, impacts } = planAbout(plan, aboutObject(index, { kind: 'router', item: inner! }))
    expect(objects.map(({ name }) => name)).toEqual(['inner'])
    const networks = new Set(impacts.map(({ portId }) => index.network(index.port(portId ?? '')!.networkId)!.name))
    expect([...networks].sort()).toEqual(['green', 'outside'])
  })
})
