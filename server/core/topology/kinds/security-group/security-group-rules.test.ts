// Whatever a group or one of its rules may not be, with the sentence that says so.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { createPort, updatePort } from '../port/port-edits'
import { createProject, removeProject } from '../project/project-edits'
import { makeSample } from '../../testing/sample'
import { removeVm } from '../vm/vm-edits'
import { addRules, createSecurityGroup, removeRules, securityGroupEdits } from './security-group-edits'
import type { RuleInput } from './security-group-input'

const { draft, demo, blue } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const anId = '99999999-9999-4999-8999-999999999999'
const other = draft.make(createProject({ name: 'other' }, ids)).id
const groupIn = (projectId: string, name: string, rules: RuleInput[] = []) =>
  draft.make(createSecurityGroup({ projectId, name, rules }, ids)).id
const defaultOf = (projectId: string) =>
  draft.topology.securityGroups.find((group) => group.name === 'default' && group.projectId === projectId)!.id
const [web, theirs] = [groupIn(demo, 'web'), groupIn(other, 'theirs')]
const full = groupIn(
  demo,
  'full',
  Array.from({ length: 99 }, (_, index) => ({ direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: index + 1 })),
)

const broken = (edit: TopologyEdit<unknown>) =>
  draft.violations(edit).map((violation) => [violation.rule, violation.field, violation.objects, explainViolation(violation)])

const rule = (changes: Partial<RuleInput> = {}): RuleInput => ({ direction: 'ingress', etherType: 'IPv4', ...changes })
const tcp = (portRangeMin: number | null, portRangeMax: number | null = null) => rule({ protocol: 'tcp', portRangeMin, portRangeMax })
const icmp = (portRangeMin: number | null, portRangeMax: number | null = null) => rule({ protocol: 'icmp', portRangeMin, portRangeMax })

describe('a rule', () => {
  const NO_PORTS = 'Ports need a protocol that has them: tcp, udp, sctp, dccp or udplite, or icmp with type and code.'
  const PORT_RANGE = 'A port is a whole number from 1 to 65535.'
  const PROTOCOL = 'It is any, a name such as tcp, udp or icmp, or a number from 0 to 255.'
  const PREFIX = 'An address or prefix is written like 10.0.0.5, 10.0.0.0/8 or 2001:db8::/32.'

  it.each<[RuleInput, string, string, readonly string[], string]>([
    [rule({ protocol: 'tpc' }), 'security-group-rule-protocol', 'protocol', [], `"tpc" is no protocol. ${PROTOCOL}`],
    [rule({ protocol: 256 }), 'security-group-rule-protocol', 'protocol', [], `"256" is no protocol. ${PROTOCOL}`],
    [rule({ protocol: -1 }), 'security-group-rule-protocol', 'protocol', [], `"-1" is no protocol. ${PROTOCOL}`],
    ...['icmpv6', 'ipv6-icmp', 58, 'ipv6-frag', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route'].map(
      (protocol): [RuleInput, string, string, readonly string[], string] => [
        rule({ protocol }),
        'security-group-rule-family',
        'protocol',
        [],
        `No IPv4 packet has the protocol ${typeof protocol === 'number' || protocol === 'icmpv6' ? 'ipv6-icmp' : protocol}. Choose IPv6, or another protocol.`,
      ],
    ),
    [rule({ portRangeMin: 80 }), 'security-group-rule-ports', 'portRangeMin', [], NO_PORTS],
    [rule({ protocol: 'any', portRangeMin: 80, portRangeMax: 90 }), 'security-group-rule-ports', 'portRangeMin', [], NO_PORTS],
    [rule({ portRangeMax: 80 }), 'security-group-rule-ports', 'portRangeMax', [], NO_PORTS],
    [
      rule({ protocol: 'gre', portRangeMin: 80 }),
      'security-group-rule-ports',
      'portRangeMin',
      [],
      'gre has no ports. They belong to tcp, udp, sctp, dccp and udplite, and to icmp as type and code.',
    ],
    [tcp(0, 80), 'security-group-rule-port-range', 'portRangeMin', [], PORT_RANGE],
    [tcp(1, 65_536), 'security-group-rule-port-range', 'portRangeMax', [], PORT_RANGE],
    [tcp(-5), 'security-group-rule-port-range', 'portRangeMin', [], PORT_RANGE],
    [tcp(90, 80), 'security-group-rule-port-order', 'portRangeMax', [], 'The first port, 90, is behind the last, 80.'],
    [icmp(256), 'security-group-rule-icmp', 'portRangeMin', [], 'The ICMP type is a whole number from 0 to 254.'],
    [icmp(8, 256), 'security-group-rule-icmp', 'portRangeMax', [], 'The ICMP code is a whole number from 0 to 255.'],
    [icmp(8, -1), 'security-group-rule-icmp', 'portRangeMax', [], 'The ICMP code is a whole number from 0 to 255.'],
    [icmp(null, 0), 'security-group-rule-icmp-type', 'portRangeMin', [], 'The ICMP code 0 means nothing without a type.'],
    [
      rule({ remoteIpPrefix: '10.0.0.0/8', remoteGroupId: web }),
      'security-group-rule-remote',
      'remoteGroupId',
      [],
      'The other end is a prefix or a group, not both.',
    ],
    [rule({ remoteIpPrefix: 'office' }), 'ip-prefix-form', 'remoteIpPrefix', [], PREFIX],
    [rule({ remoteIpPrefix: '10.0.0.0/33' }), 'ip-prefix-form', 'remoteIpPrefix', [], PREFIX],
    [
      rule({ remoteIpPrefix: '10.0.0.5/24' }),
      'ip-prefix-host-bits',
      'remoteIpPrefix',
      [],
      '10.0.0.5/24 has host bits set; the prefix is 10.0.0.0/24.',
    ],
    [
      rule({ etherType: 'IPv6', remoteIpPrefix: '2001:db8::1/64' }),
      'ip-prefix-host-bits',
      'remoteIpPrefix',
      [],
      '2001:db8::1/64 has host bits set; the prefix is 2001:db8::/64.',
    ],
    [
      rule({ remoteIpPrefix: '2001:db8::/32' }),
      'security-group-rule-prefix-family',
      'remoteIpPrefix',
      [],
      '2001:db8::/32 is no prefix of IPv4.',
    ],
    [
      rule({ etherType: 'IPv6', remoteIpPrefix: '10.0.0.5' }),
      'security-group-rule-prefix-family',
      'remoteIpPrefix',
      [],
      '10.0.0.5/32 is no prefix of IPv6.',
    ],
    [rule({ remoteGroupId: anId }), 'known-object', 'remoteGroupId', [], 'This security group does not exist, or no longer.'],
    [
      rule({ remoteGroupId: theirs }),
      'security-group-project',
      'remoteGroupId',
      ['theirs'],
      'Group "theirs" is another project\'s; a rule names a group of its own project.',
    ],
    [
      rule({ description: 'x'.repeat(256) }),
      'description-length',
      'description',
      [],
      'A description has at most 255 characters; this one has 256.',
    ],
    [rule({ description: 'two\nlines' }), 'line-printable', 'description', [], 'The description is one line of printable characters.'],
  ])('%j is refused by %s', (input, name, field, objects, sentence) => {
    const expected = [[name, `rules.0.${field}`, objects, sentence]]
    expect(broken(addRules(web, [input], ids))).toEqual(expected)
    expect(broken(createSecurityGroup({ projectId: demo, name: 'new', rules: [input] }, ids))).toEqual(expected)
  })

  it.each<RuleInput>([
    rule(),
    tcp(22),
    tcp(null, 22),
    tcp(1, 65_535),
    icmp(8),
    icmp(8, 0),
    icmp(0, 0),
    rule({ protocol: 'ipv6-encap' }),
    rule({ protocol: 253 }),
    rule({ protocol: 'udplite', portRangeMin: 1 }),
    rule({ etherType: 'IPv6', protocol: 'icmp', portRangeMin: 128 }),
    rule({ etherType: 'IPv6', protocol: 'ipv6-frag' }),
    rule({ remoteIpPrefix: '0.0.0.0/0' }),
    rule({ etherType: 'IPv6', remoteIpPrefix: '::/0' }),
    rule({ remoteGroupId: web }),
    rule({ remoteGroupId: defaultOf(demo) }),
  ])('%j is fine', (input) => expect(broken(addRules(web, [input], ids))).toEqual([]))

  it.each<[string, RuleInput, RuleInput, string]>([
    ['as it is', tcp(80), tcp(80), 'ingress IPv4 TCP 80 from anybody'],
    ['with another description', tcp(80), { ...tcp(80), description: 'again' }, 'ingress IPv4 TCP 80 from anybody'],
    ['by number', tcp(80), { ...tcp(80, 80), protocol: 6 }, 'ingress IPv4 TCP 80 from anybody'],
    ['with all addresses for none', rule(), rule({ remoteIpPrefix: '0.0.0.0/0' }), 'ingress IPv4 any from anybody'],
    [
      'with an address for its prefix',
      rule({ remoteIpPrefix: '10.0.0.5' }),
      rule({ remoteIpPrefix: '10.0.0.5/32' }),
      'ingress IPv4 any from 10.0.0.5/32',
    ],
    ['of a group', rule({ remoteGroupId: web }), rule({ remoteGroupId: web }), 'ingress IPv4 any from group web'],
  ])('is refused when it is there, %s', (_, first, second, label) => {
    const expected = [['security-group-rule-unique', 'rules.1', [label], `The group has this rule already: ${label}.`]]
    expect(broken(addRules(web, [first, second], ids))).toEqual(expected)
  })

  it('that differs in one thing is another', () =>
    expect(
      broken(addRules(web, [tcp(80), tcp(80, 81), { ...tcp(80), etherType: 'IPv6' }, { ...tcp(80), direction: 'egress' }, rule()], ids)),
    ).toEqual([]))

  it('is told at its place among those that are added, whatever the group has', () =>
    expect(broken(addRules(full, [tcp(1000), tcp(90, 80), tcp(5)], ids)).map(([name, field]) => [name, field])).toEqual([
      ['security-group-quota', 'rules'],
      ['security-group-rule-port-order', 'rules.1.portRangeMax'],
      ['security-group-rule-unique', 'rules.2'],
    ]))

  it('goes by its id', () =>
    expect(broken(removeRules(web, [anId]))).toEqual([
      ['security-group-rule-of-group', 'ruleIds.0', [], 'Group "web" has no such rule, or no longer.'],
    ]))
})

describe('a group', () => {
  it.each<[string, TopologyEdit<unknown>, string, string | null, readonly string[], string]>([
    [
      'of no project',
      createSecurityGroup({ projectId: anId, name: 'new' }, ids),
      'known-object',
      'projectId',
      [],
      'This project does not exist, or no longer.',
    ],
    ['without a name', createSecurityGroup({ projectId: demo, name: '' }, ids), 'name-not-empty', 'name', [], 'Give a name.'],
    [
      'of more than 100 rules',
      addRules(full, [tcp(1000), tcp(1001)], ids),
      'security-group-quota',
      'rules',
      [],
      'A group has at most 100 rules; this would be 101.',
    ],
    [
      'called default beside the default one',
      createSecurityGroup({ projectId: demo, name: 'default' }, ids),
      'security-group-default',
      'name',
      ['default'],
      'Project "demo" has its default group already; another group has another name.',
    ],
    [
      'that becomes a second default one',
      securityGroupEdits.update.edit(web, { name: 'default' }, deps),
      'security-group-default',
      'name',
      ['default'],
      'Project "demo" has its default group already; another group has another name.',
    ],
    [
      'that is the default one, with another name',
      securityGroupEdits.update.edit(defaultOf(demo), { name: 'web' }, deps),
      'security-group-default',
      'name',
      ['default'],
      'The default group of project "demo" is not renamed: new ports are in it. It goes with the project.',
    ],
    [
      'that is the default one, removed',
      securityGroupEdits.remove(defaultOf(demo)),
      'security-group-default',
      null,
      ['default'],
      'The default group of project "demo" is not removed: new ports are in it. It goes with the project.',
    ],
  ])('%s is refused', (_, edit, name, field, objects, sentence) => expect(broken(edit)).toEqual([[name, field, objects, sentence]]))

  it.each<[string, () => TopologyEdit<unknown>]>([
    ['that is not there', () => securityGroupEdits.update.edit(anId, { name: 'web' }, deps)],
    ['without rules to add to', () => addRules(anId, [rule()], ids)],
    ['without rules to take', () => removeRules(anId, [anId])],
  ])('%s is not changed', (_, edit) => expect(broken(edit()).map(([name]) => name)).toEqual(['known-object']))

  it('may have the name of another', () => expect(broken(createSecurityGroup({ projectId: demo, name: 'web' }, ids))).toEqual([]))
  it('may have 100 rules', () => expect(broken(addRules(full, [tcp(1000)], ids))).toEqual([]))

  it('in use stays, and who uses it is named', () => {
    const { draft: fresh, demo: project, blue: network } = makeSample()
    const made = fresh.make(createSecurityGroup({ projectId: project, name: 'db' }, fresh.ids)).id
    fresh.make(addRules(made, [rule({ remoteGroupId: made })], fresh.ids))
    const remove = securityGroupEdits.remove(made)
    expect(fresh.violations(remove)).toEqual([])
    const app = fresh.make(createSecurityGroup({ projectId: project, name: 'app', rules: [rule({ remoteGroupId: made })] }, fresh.ids)).id
    fresh.make(createPort({ networkId: network, name: 'p', securityGroupIds: [made] }, fresh.ids))
    const told = () => fresh.violations(remove).map((each) => [each.rule, each.objects, explainViolation(each)])
    expect(told()).toEqual([
      ['security-group-unused', ['p', 'app'], 'Group "db" is in use: ports are in it ("p"), and rules of other groups name it ("app").'],
    ])
    const port = fresh.topology.ports.find(({ name }) => name === 'p')!
    fresh.make(updatePort(port.id, { securityGroupIds: [app] }, fresh.ids))
    expect(told()).toEqual([['security-group-unused', ['app'], 'Group "db" is in use: rules of other groups name it ("app").']])
    fresh.make(
      removeRules(
        app,
        fresh.topology.securityGroups.find(({ id }) => id === app)!.rules.map(({ id }) => id),
      ),
    )
    expect(told()).toEqual([])
  })
})

describe('a project', () => {
  it('with groups of its own making stays', () =>
    expect(broken(removeProject(other))).toEqual([
      [
        'project-empty',
        null,
        ['theirs'],
        'Project "other" still has networks, routers, floating IPs, VMs, trunks, security groups or host aggregates: "theirs".',
      ],
    ]))

  it('goes with its default group, unless a port is in that', () => {
    const { draft: fresh, blue: network, cmp1 } = makeSample()
    const guests = fresh.project('guests')
    const id = fresh.make(createPort({ networkId: network, name: 'kept' }, fresh.ids)).id
    const group = fresh.topology.securityGroups.find(({ projectId }) => projectId === guests)!
    const vm = fresh.vm({ projectId: guests, name: 'vm', hostId: cmp1, nics: [{ portId: id }] })
    fresh.make(updatePort(id, { securityGroupIds: [group.id] }, fresh.ids))
    fresh.make(removeVm(vm, fresh.ids))
    expect(fresh.violations(removeProject(guests)).map((each) => [each.rule, each.objects])).toEqual([['security-group-unused', ['kept']]])
    fresh.make(updatePort(id, { name: 'still', securityGroupIds: [] }, fresh.ids))
    fresh.make(removeProject(guests))
    expect(fresh.topology.securityGroups.some(({ projectId }) => projectId === guests)).toBe(false)
  })
})

it('a group of another project may be on no port', () =>
  expect(broken(createPort({ networkId: blue, name: 'p', securityGroupIds: [web, theirs] }, ids))).toEqual([
    [
      'security-group-project',
      'securityGroupIds.1',
      ['theirs'],
      'Group "theirs" is another project\'s; a port is in groups of its own project.',
    ],
  ]))
