import { describe, expect, it } from 'vitest'
import { diffHost } from '../../diff/host-diff'
import { emptyHostState, type HostState } from '../../host/host-state'
import { renderSteps } from '../../render/render-steps'
import { ids, sampleTopology, type SampleOptions } from '../../testing/sample-topology'
import type { Port } from '../../topology/kinds/port/port'
import type { SecurityGroup, SecurityGroupRule } from '../../topology/kinds/security-group/security-group'
import type { Topology } from '../../topology/topology'
import { compileHost } from '../compile'

const web = 'b7b5a1d0-0000-4000-8000-000000000001'
const [net1, cmp1, cmp2] = [ids.host(1), ids.host(2), ids.host(3)]
const [here, there] = [ids.port(2, 2), ids.port(2, 3)]

const rule = (changes: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  id: 'r',
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
const group: SecurityGroup = {
  id: web,
  projectId: ids.project,
  name: 'web',
  rules: [
    rule({ direction: 'egress' }),
    rule({ protocol: 'tcp', portRangeMin: 80, portRangeMax: 90 }),
    rule({ remoteGroupId: web }),
    rule({ etherType: 'IPv6', remoteGroupId: web }),
  ],
}

/** The VM on cmp1 and the one on cmp2 are in the group. */
function grouped(changes: Partial<Port> = {}, options: SampleOptions = {}, groups: readonly SecurityGroup[] = [group]): Topology {
  const topology = sampleTopology({ networks: [2], ...options })
  const ports = topology.ports.map((port, index) =>
    port.deviceOwner === 'compute:nova'
      ? { ...port, securityGroupIds: [web], conntrackZone: 4097 + index, ...(port.id === here && changes) }
      : port,
  )
  const networks = topology.networks.map((network) => ({ ...network, conntrackZone: 5000 }))
  return { ...topology, networks, ports, securityGroups: groups }
}

const rulesOf = ({ iptables }: HostState, chain: string, family = 'ipv4') =>
  iptables.find((each) => each.chain === chain && each.family === family)?.rules

describe('security groups on a host', () => {
  const state = compileHost(grouped(), cmp1)
  const own = '-s 10.0.2.3/32 -m mac --mac-source fa:16:3e:00:02:02 -j RETURN'

  it.each<[string, readonly string[]]>([
    ['FORWARD', ['-j tapline-FORWARD']],
    ['INPUT', ['-j tapline-INPUT']],
    ['PREROUTING', ['-j tapline-PREROUTING']],
    [
      'tapline-FORWARD',
      [
        '-m physdev ! --physdev-is-in -j RETURN',
        '-m physdev --physdev-out tapff000022-00 --physdev-is-bridged -j tapline-sg-chain',
        '-m physdev --physdev-in tapff000022-00 --physdev-is-bridged -j tapline-sg-chain',
        '-m physdev --physdev-in tapff000022-00 -j tapline-off000022-0',
      ],
    ],
    ['tapline-INPUT', ['-m physdev ! --physdev-is-in -j RETURN', '-m physdev --physdev-in tapff000022-00 -j tapline-off000022-0']],
    [
      'tapline-sg-chain',
      [
        '-m physdev --physdev-out tapff000022-00 --physdev-is-bridged -j tapline-iff000022-0',
        '-m physdev --physdev-in tapff000022-00 --physdev-is-bridged -j tapline-off000022-0',
        '-j ACCEPT',
      ],
    ],
    ['tapline-sg-fallback', ['-j DROP']],
    [
      'tapline-iff000022-0',
      [
        '-m conntrack --ctstate RELATED -j RETURN',
        '-m conntrack --ctstate ESTABLISHED --ctdir REPLY -j RETURN',
        '-d 10.0.2.3/32 -p udp -m udp --sport 67 --dport 68 -j RETURN',
        '-d 255.255.255.255/32 -p udp -m udp --sport 67 --dport 68 -j RETURN',
        '-p tcp -m tcp --dport 80:90 -j RETURN',
        '-m set --match-set tapline-4b7b5a1d0-0000-4000-8 src -j RETURN',
        '-m conntrack --ctstate INVALID -j DROP',
        '-j tapline-sg-fallback',
      ],
    ],
    [
      'tapline-off000022-0',
      [
        '-s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -j RETURN',
        '-j tapline-sff000022-0',
        '-p udp -m udp --sport 68 --dport 67 -j RETURN',
        '-p udp -m udp --sport 67 --dport 68 -j DROP',
        '-m conntrack --ctstate RELATED -j RETURN',
        '-m conntrack --ctstate ESTABLISHED --ctdir REPLY -j RETURN',
        '-j RETURN',
        '-m conntrack --ctstate INVALID -j DROP',
        '-j tapline-sg-fallback',
      ],
    ],
    ['tapline-sff000022-0', [own, '-j DROP']],
    [
      'tapline-PREROUTING',
      ['-m physdev --physdev-in qvbff000022-00 -j CT --zone 4098', '-m physdev --physdev-in tapff000022-00 -j CT --zone 4098'],
    ],
  ])('%s', (chain, rules) => expect(rulesOf(state, chain)).toEqual(rules))

  it('lets IPv6 find its neighbours, and nobody be a router', () => {
    expect(rulesOf(state, 'tapline-iff000022-0', 'ipv6')).toEqual([
      '-p ipv6-icmp -m icmp6 --icmpv6-type 130 -j RETURN',
      '-p ipv6-icmp -m icmp6 --icmpv6-type 135 -j RETURN',
      '-p ipv6-icmp -m icmp6 --icmpv6-type 136 -j RETURN',
      '-m conntrack --ctstate RELATED -j RETURN',
      '-m conntrack --ctstate ESTABLISHED --ctdir REPLY -j RETURN',
      '-d fe80::/64 -p udp -m udp --sport 547 --dport 546 -j RETURN',
      '-m conntrack --ctstate INVALID -j DROP',
      '-j tapline-sg-fallback',
    ])
    expect(rulesOf(state, 'tapline-off000022-0', 'ipv6')).toContain('-p ipv6-icmp -m icmp6 --icmpv6-type 134 -j DROP')
    expect(rulesOf(state, 'tapline-sff000022-0', 'ipv6')).toEqual([
      '-s fe80::f816:3eff:fe00:202/128 -m mac --mac-source fa:16:3e:00:02:02 -j RETURN',
      '-j DROP',
    ])
  })

  it('has all members of a group that a rule names, wherever they are, in its set', () => {
    expect(state.ipsets).toEqual([
      { netns: '', name: 'tapline-4b7b5a1d0-0000-4000-8', type: 'hash:net', addressFamily: 'inet', entries: ['10.0.2.3', '10.0.2.4'] },
    ])
  })

  it('has no set for rules about a group without members, and no rule', () => {
    const lonely = { ...group, rules: [rule({ remoteGroupId: 'c' })] }
    const alone = compileHost(grouped({}, {}, [lonely, { ...lonely, id: 'c', rules: [] }]), cmp1)
    expect(alone.ipsets).toEqual([])
    expect(rulesOf(alone, 'tapline-iff000022-0')?.join()).not.toContain('match-set')
  })

  it.each<[string, Partial<Port>, string, readonly string[] | undefined]>([
    ['in no group: DHCP alone passes', { securityGroupIds: [] }, 'tapline-sg-chain', undefined],
    [
      'an allowed pair',
      { allowedAddressPairs: [{ macAddress: 'fa:16:3e:00:02:02', ipAddress: '10.9.0.0/16' }] },
      'tapline-sff000022-0',
      [own, '-s 10.9.0.0/16 -m mac --mac-source fa:16:3e:00:02:02 -j RETURN', '-j DROP'],
    ],
    [
      'any address is allowed',
      { allowedAddressPairs: [{ macAddress: 'fa:16:3e:00:02:02', ipAddress: '0.0.0.0/0' }] },
      'tapline-sff000022-0',
      [own, '-m mac --mac-source fa:16:3e:00:02:02 -j RETURN', '-j DROP'],
    ],
    ['no address', { fixedIps: [] }, 'tapline-sff000022-0', ['-m mac --mac-source fa:16:3e:00:02:02 -j RETURN', '-j DROP']],
    [
      'without port security',
      { isPortSecurityEnabled: false, securityGroupIds: undefined },
      'tapline-FORWARD',
      [
        '-m physdev ! --physdev-is-in -j RETURN',
        '-m physdev --physdev-out tapff000022-00 --physdev-is-bridged -j ACCEPT',
        '-m physdev --physdev-in tapff000022-00 --physdev-is-bridged -j ACCEPT',
      ],
    ],
  ])('%s', (_, changes, chain, rules) => {
    const changed = rulesOf(compileHost(grouped(changes), cmp1), chain)
    expect(changed).toEqual(rules ?? rulesOf(state, chain))
  })

  it('lets members in by the addresses they may send from, halves of everything included', () => {
    const pairs = { allowedAddressPairs: [{ macAddress: 'fa:16:3e:00:02:02', ipAddress: '0.0.0.0/0' }] }
    const [set] = compileHost(grouped(pairs), cmp2).ipsets
    expect(set?.entries).toEqual(['0.0.0.0/1', '10.0.2.3', '10.0.2.4', '128.0.0.0/1'])
  })

  it('lets ARP out for an allowed pair, and frames with its MAC', () => {
    const pairs = { allowedAddressPairs: [{ macAddress: 'fa:16:3e:ff:ff:01', ipAddress: '10.9.0.0/16' }] }
    const { flows } = compileHost(grouped(pairs), cmp1)
    const matches = flows.map(({ table, match }) => `${table} ${match}`)
    expect(matches).toContain('24 arp,arp_spa=10.9.0.0/16,in_port=qvoff000022-00')
    expect(matches).toContain('25 dl_src=fa:16:3e:ff:ff:01,in_port=qvoff000022-00')
  })

  it('leaves ports from before there were groups alone, and hosts without VMs', () => {
    expect(compileHost(grouped({ securityGroupIds: undefined }), cmp1).iptables).toEqual([])
    expect(compileHost(grouped(), net1).iptables.filter(({ netns }) => netns === '')).toEqual([])
  })

  it('tracks by network where one bridge has all its ports', () => {
    const bridged = compileHost(grouped({}, { linuxBridge: [2] }), cmp1)
    expect(rulesOf(bridged, 'tapline-PREROUTING')).toEqual(['-i brqdd000002-00 -j CT --zone 5000'])
    expect(rulesOf(bridged, 'tapline-iff000022-0')).toEqual(rulesOf(state, 'tapline-iff000022-0'))
  })

  it('sets what makes iptables look at bridges only where it was asked for', () => {
    const asked = grouped()
    const hosts = asked.hosts.map((host) => ({ ...host, hasBridgeNetfilter: true }))
    const keys = (each: HostState) =>
      each.sysctls.filter(({ key }) => key.startsWith('net/bridge/')).map(({ key, value }) => `${key}=${value}`)
    expect(keys(state)).toEqual([])
    expect(keys(compileHost({ ...asked, hosts }, cmp1))).toEqual([
      'net/bridge/bridge-nf-call-iptables=1',
      'net/bridge/bridge-nf-call-ip6tables=1',
    ])
  })

  it('forgets the connections of a port that is filtered no more', () => {
    const titles = (from: HostState, to: HostState) =>
      renderSteps(diffHost(to, from), 'h').flatMap(({ title, command }) =>
        title.startsWith('Forget') ? [`${title}: ${command.stdin}`] : [],
      )
    expect(titles(state, emptyHostState)).toEqual(['Forget connections of 1 zone: 4098\n'])
    expect(titles(emptyHostState, state)).toEqual([])
    const fewer = compileHost(grouped({}, {}, [{ ...group, rules: [] }]), cmp1)
    expect(titles(state, fewer)).toEqual([])
  })

  it('changes with a member on another host', () => {
    const moved = grouped()
    const ports = moved.ports.map((port) =>
      port.id === there ? { ...port, fixedIps: [{ ...port.fixedIps[0]!, ipAddress: '10.0.2.99' }] } : port,
    )
    expect(compileHost({ ...moved, ports }, cmp1).ipsets[0]?.entries).toEqual(['10.0.2.3', '10.0.2.99'])
  })
})
