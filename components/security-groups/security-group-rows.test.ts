import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'
import type { SecurityGroupRule } from '@/server/core/topology/kinds/security-group/security-group'
import type { ObjectOf } from '@/server/core/topology/topology'

import { defaultGroupIds, groupOptions, groupOptionsOf } from './group-choices'
import { filterRules, filterPortsIn, portsFor, portsIn, projectsOfPort, remoteOf, rulesOf, securityGroupRows } from './security-group-rows'

const rule = (id: string, changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  id,
  direction: 'ingress',
  etherType: 'IPv4',
  protocol: null,
  portRangeMin: null,
  portRangeMax: null,
  remoteIpPrefix: null,
  remoteGroupId: null,
  description: '',
  ...changes,
})
const group = (id: string, changes: Partial<ObjectOf['securityGroup']> = {}): ObjectOf['securityGroup'] => ({
  id,
  projectId: ids.project,
  name: id,
  rules: [],
  ...changes,
})

const other = 'other-project'
const sample = sampleTopology()
const [first, second] = [ids.port(1, 2), ids.port(1, 3)]
const groups = [
  group('b'),
  group('web', {
    description: 'front ends',
    rules: [rule('r1', { protocol: 'tcp', portRangeMin: 22, portRangeMax: 22 }), rule('r2', { direction: 'egress', remoteGroupId: 'db' })],
  }),
  group('db', { rules: [rule('r3', { remoteGroupId: 'web' }), rule('r4', { remoteGroupId: 'db' })] }),
  group('d', { name: 'default' }),
  group('od', { name: 'default', projectId: other }),
]
const index = indexTopology(
  {
    ...sample,
    projects: [...sample.projects, { id: other, name: 'ops' }],
    securityGroups: groups,
    ports: sample.ports.map((port) =>
      port.id === first || port.id === second ? { ...port, securityGroupIds: port.id === first ? ['web', 'd'] : ['web'] } : port,
    ),
  },
  [],
)

describe('the table of groups', () => {
  const shown = (filter: string) => securityGroupRows(index, filter).map(({ group: { id } }) => id)

  it('counts rules and ports, by project, the default group first', () => {
    expect(
      securityGroupRows(index, '').map(({ group: { id }, project, ingress, egress, ports }) => [id, project, ingress, egress, ports]),
    ).toEqual([
      ['d', 'demo', 0, 0, 1],
      ['b', 'demo', 0, 0, 0],
      ['db', 'demo', 2, 0, 0],
      ['web', 'demo', 1, 1, 2],
      ['od', 'ops', 0, 0, 0],
    ])
  })

  it.each([
    ['ops', ['od']],
    ['front', ['web']],
    ['tcp 22', ['web']],
    ['default', ['d', 'od']],
    ['nowhere', []],
  ])('finds %j', (filter, found) => expect(shown(filter)).toEqual(found))
})

it('a group has its rules of one direction, its ports, and the groups that name it', () => {
  const web = groups[1]!
  expect(rulesOf(web, 'egress').map(({ id }) => id)).toEqual(['r2'])
  expect(filterRules(index, web.rules, 'group db').map(({ id }) => id)).toEqual(['r2'])
  expect(portsIn(index, 'web').map(({ id }) => id)).toEqual([first, second])
  expect(remoteOf(index, 'db').map(({ id }) => id)).toEqual(['web'])
  expect(remoteOf(index, 'web').map(({ id }) => id)).toEqual(['db'])
})

it('ports that may be put into a group are those of its project that are not in it', () => {
  const candidates = portsFor(index, groups[3]!).map(({ id }) => id)
  expect(candidates).toContain(second)
  expect(candidates).not.toContain(first)
  expect(candidates).not.toContain(ids.port(1, 1))
  expect(portsFor(index, groups[4]!)).toEqual([])
  expect(filterPortsIn(index, portsIn(index, 'web'), 'cmp2').map(({ id }) => id)).toEqual([second])
})

describe('groups to choose from', () => {
  const optionsFor = (projectIds: readonly string[], chosen: readonly string[] = []) =>
    groupOptionsOf(index, projectIds, chosen).map(({ id, detail }) => `${id}: ${detail}`)

  it('are those of the project, the default one first, told by what they are for', () => {
    expect(groupOptions(index, ids.project).map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      'default: 0 rules',
      'b: 0 rules',
      'db: 2 rules',
      'web: front ends',
    ])
    expect(defaultGroupIds(index, ids.project)).toEqual(['d'])
    expect(defaultGroupIds(index, 'none')).toEqual([])
  })

  it('of a VM in the network of another project are those of both', () => {
    expect(optionsFor([other, ids.project]).slice(0, 2)).toEqual(['od: 0 rules', 'd: of demo: 0 rules'])
  })

  it('hold what the port is in already', () => {
    expect(optionsFor([other], ['b'])).toEqual(['od: 0 rules', 'b: of demo: 0 rules'])
  })

  it('are asked for by VM and network', () => {
    expect(projectsOfPort(index, ids.network(1), index.port(first))).toEqual([ids.project])
    expect(projectsOfPort(index, ids.network(1), undefined)).toEqual([ids.project])
    expect(projectsOfPort(index, '', undefined)).toEqual([])
  })
})
