// What a group is made of: the rules of a new one, their order, and that they come and go by themselves.

import { describe, expect, it } from 'vitest'
import { diffTopology } from '../../changes'
import { makeSample } from '../../testing/sample'
import type { Topology } from '../../topology'
import { createProject } from '../project/project-edits'
import { addRules, createSecurityGroup, removeRules, securityGroupEdits } from './security-group-edits'
import { labelRule, nameGroup } from './security-group-label'

function makeGroups() {
  const sample = makeSample()
  const { draft, demo } = sample
  const { ids } = draft
  const make = (name: string, rules?: Parameters<typeof createSecurityGroup>[0]['rules']) =>
    draft.make(createSecurityGroup({ projectId: demo, name, rules }, ids)).id
  const rulesOf = (id: string) => draft.topology.securityGroups.find((group) => group.id === id)!.rules
  const labels = (id: string) => rulesOf(id).map((rule) => labelRule(draft.topology, rule))
  return { ...sample, ids, make, rulesOf, labels }
}

const groupsOf = ({ securityGroups }: Topology, projectId: string) => securityGroups.filter((group) => group.projectId === projectId)

describe('the rules of a new group', () => {
  it('let everything out, unless others are given', () => {
    const { make, labels } = makeGroups()
    expect(labels(make('web'))).toEqual(['egress IPv4 any to anybody', 'egress IPv6 any to anybody'])
    expect(labels(make('closed', []))).toEqual([])
    expect(labels(make('open', [{ direction: 'ingress', etherType: 'IPv6' }]))).toEqual(['ingress IPv6 any from anybody'])
  })

  it('that a project begins with let in what its other ports send', () => {
    const { draft, ids } = makeGroups()
    const { id } = draft.make(createProject({ name: 'new' }, ids))
    const [group, ...others] = groupsOf(draft.topology, id)
    expect([group?.name, others]).toEqual(['default', []])
    expect(group!.rules.map((rule) => [rule.direction, rule.etherType, rule.protocol, rule.remoteIpPrefix, rule.remoteGroupId])).toEqual([
      ['egress', 'IPv4', null, null, null],
      ['egress', 'IPv6', null, null, null],
      ['ingress', 'IPv4', null, null, group!.id],
      ['ingress', 'IPv6', null, null, group!.id],
    ])
  })
})

it('rules are stored in one way and in one order', () => {
  const { draft, ids, make, labels, rulesOf } = makeGroups()
  const id = make('web', [])
  draft.make(
    addRules(
      id,
      [
        { direction: 'ingress', etherType: 'IPv4', protocol: 'UDP', portRangeMin: 90, portRangeMax: 99 },
        { direction: 'ingress', etherType: 'IPv4', protocol: 6, portRangeMin: 443 },
        { direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMax: 80, remoteIpPrefix: '10.0.0.5' },
        { direction: 'ingress', etherType: 'IPv6', protocol: 'icmp', portRangeMin: 128, remoteIpPrefix: '2001:DB8::/32' },
        { direction: 'ingress', etherType: 'IPv4', remoteIpPrefix: '0.0.0.0/0', description: 'all' },
      ],
      ids,
    ),
  )
  expect(labels(id)).toEqual([
    'ingress IPv4 any from 0.0.0.0/0',
    'ingress IPv4 TCP 80 from 10.0.0.5/32',
    'ingress IPv4 TCP 443 from anybody',
    'ingress IPv4 UDP 90–99 from anybody',
    'ingress IPv6 ICMPv6 echo request (type 128) from 2001:db8::/32',
  ])
  expect(rulesOf(id)[1]).toMatchObject({ protocol: 'tcp', portRangeMin: 80, portRangeMax: 80, description: '' })
  expect(rulesOf(id)[4]).toMatchObject({ protocol: 'ipv6-icmp', portRangeMin: 128, portRangeMax: null })
})

it('each rule that comes or goes reads as one change, and the others stay as they are', () => {
  const { draft, ids, make, rulesOf } = makeGroups()
  const id = make('web')
  const [first, second] = rulesOf(id)
  const before = draft.topology
  draft.make(addRules(id, [{ direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: 22, description: 'of admins' }], ids))
  expect(rulesOf(id).slice(0, 2)).toEqual([first, second])
  draft.make(removeRules(id, [first!.id]))
  expect(diffTopology(before, draft.topology)).toMatchObject([
    {
      action: 'change',
      kind: 'securityGroup',
      name: 'web',
      fields: [
        { field: 'egress IPv4 any to anybody', from: 'allowed', to: null },
        { field: 'ingress IPv4 TCP 22 from anybody', from: null, to: 'of admins' },
      ],
    },
  ])
})

it('a group may be called otherwise, keeps its rules, and tells who has seen another name', () => {
  const { draft, ids, make, rulesOf } = makeGroups()
  const id = make('web')
  const rules = rulesOf(id)
  const rename = (name: string, seen: string) =>
    securityGroupEdits.update.edit(id, { name, seen: { name: seen } }, { ids, now: '2026-01-01T00:00:00.000Z' })
  draft.make(rename('pages', 'web'))
  expect(draft.topology.securityGroups.find((group) => group.id === id)).toMatchObject({ name: 'pages', rules })
  expect(draft.violations(rename('sites', 'web')).map(({ rule, field }) => [rule, field])).toEqual([['changed-meanwhile', 'name']])
})

it('groups of one name are told apart by their ids, within a project', () => {
  const { draft, make } = makeGroups()
  const [one, two] = [make('web'), make('web')]
  const { securityGroups } = draft.topology
  expect([one, two].map((id) => nameGroup(securityGroups, id))).toEqual([`web (${one.slice(0, 8)})`, `web (${two.slice(0, 8)})`])
  draft.project('other')
  const [first] = draft.topology.securityGroups.filter(({ name }) => name === 'default')
  expect(nameGroup(draft.topology.securityGroups, first!.id)).toBe('default')
})
