// What security groups do to a path: its packets end where a rule ends them, with the chain, the rule and the port that it is of; answers pass as
// answers; and where the kernel does not ask, or a rule is not there, the path says so.

import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import { brqName, qbrName, tapName } from '../naming'
import { explainedPath, type ExplainedPath } from '../testing/explained'
import { ids, sampleTopology } from '../testing/sample-topology'
import type { Port } from '../topology/kinds/port/port'
import type { SecurityGroup, SecurityGroupRule } from '../topology/kinds/security-group/security-group'
import type { Topology } from '../topology/topology'
import { computePath, isPath } from './compute-path'

const [near, far] = [ids.port(3, 2), ids.port(3, 3)]
const rule = (direction: SecurityGroupRule['direction'], changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  id: direction,
  direction,
  etherType: 'IPv4',
  protocol: null,
  portRangeMin: null,
  portRangeMax: null,
  remoteIpPrefix: null,
  remoteGroupId: null,
  description: '',
  ...changes,
})
const group = (number: number, name: string, ...rules: readonly SecurityGroupRule[]): SecurityGroup => ({
  id: `b7b5a1d${number}-0000-4000-8000-000000000001`,
  projectId: ids.project,
  name,
  rules,
})
const out = group(1, 'out', rule('egress'))
const inside = group(2, 'inside', rule('ingress', { remoteGroupId: out.id }))
const closed = group(3, 'closed')

/** The VM of cmp1, on Linux bridge, is in the first group, the one of cmp2 in the second. */
function topologyWith(first: SecurityGroup, second: SecurityGroup): Topology {
  const base = sampleTopology({ networks: [3], linuxBridge: [2], datapathType: 'system' })
  const groupOf: Readonly<Record<string, SecurityGroup>> = { [near]: first, [far]: second }
  return {
    ...base,
    securityGroups: [out, inside, closed],
    networks: base.networks.map((network) => ({ ...network, conntrackZone: 4097 })),
    ports: base.ports.map((port, index): Port => {
      const own = groupOf[port.id]
      return own ? { ...port, securityGroupIds: [own.id], conntrackZone: 5000 + index } : port
    }),
  }
}

const facts = {
  hostname: '', kernel: '', ovsVersion: null, ovsDatapathTypes: [], hasKernelDatapath: true, kvm: 'no-device', libvirtVersion: null,
  tools: {}, neutronAgents: [], sshLink: null,
} as const // prettier-ignore

const asked = (value: string) => [{ netns: '', key: 'net/bridge/bridge-nf-call-iptables', value }]

interface Told {
  readonly sysctls?: HostState['sysctls']
  readonly change?: (state: HostState) => HostState
}

function draw(topology: Topology, { sysctls = asked('1'), change = (state) => state }: Told = {}): ExplainedPath {
  const observations = new Map(
    topology.hosts.map(({ id: hostId }) => {
      const state = compileHost(topology, hostId)
      const read = change({ ...state, sysctls: [...state.sysctls, ...sysctls] })
      return [hostId, { hostId, observedAt: '', durationMs: 1, state: read, facts, unparsed: [] }] as const
    }),
  )
  const path = computePath({ topology, observations }, near, far)
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}

const findings = ({ forth, back }: ExplainedPath) =>
  [...forth.hops, ...back.hops].flatMap(({ place: { device }, finding }) => (finding === null ? [] : [[device, finding]]))
const chain = (letter: string, portId: string) => `tapline-${letter}${portId.slice(0, 10)}`

describe('a path between ports in security groups', () => {
  it('goes all the way where they let it, and back as an answer, which no rule has to let pass', () => {
    const path = draw(topologyWith(out, inside))
    expect(path.forth.hops.map(({ role }) => role).join(' ')).toBe(
      'vm tap brq vxlan-device nic wire nic br-tun patch br-int qvo qvb qbr tap vm',
    )
    expect([path.verdict, findings(path)]).toEqual([null, []])
  })

  it('ends on the bridge of who is not let out', () => {
    expect(findings(draw(topologyWith(closed, inside)))).toEqual([
      [
        brqName(ids.network(3)),
        expect.stringMatching(
          new RegExp(
            `no rule of a security group of \\S+ \\(closed\\) lets them out: filter chain ${chain('o', near)}, rule \\d+ drops: -j tapline-sg-fallback`,
          ),
        ),
      ],
    ])
  })

  it('ends before the tap of who does not let it in, as it is designed to, or by a rule that the host alone has', () => {
    const truths = ({ forth: { hops } }: ExplainedPath) =>
      hops.flatMap(({ place: { device }, intent, host }) => (device === qbrName(far) ? [intent, host] : []))
    expect(truths(draw(topologyWith(out, closed)))).toEqual(['differs', 'agrees'])
    const added = (state: HostState): HostState => ({
      ...state,
      iptables: state.iptables.map((each) => (each.chain === chain('i', far) ? { ...each, rules: ['-j DROP', ...each.rules] } : each)),
    })
    expect(truths(draw(topologyWith(out, inside), { change: added }))).toEqual(['agrees', 'differs'])
    expect(findings(draw(topologyWith(out, closed)))).toEqual([
      [
        qbrName(far),
        expect.stringMatching(
          new RegExp(
            `no rule of a security group of \\S+ \\(closed\\) lets them in: filter chain ${chain('i', far)}, rule \\d+ drops: -j tapline-sg-fallback`,
          ),
        ),
      ],
    ])
  })

  it('ends where the host knows another address of the sender', () => {
    const former = (state: HostState): HostState => ({
      ...state,
      iptables: state.iptables.map((each) =>
        each.chain === chain('s', near) ? { ...each, rules: ['-s 10.0.3.99/32 -j RETURN', '-j DROP'] } : each,
      ),
    })
    expect(findings(draw(topologyWith(out, inside), { change: former }))[0]).toEqual([
      brqName(ids.network(3)),
      expect.stringContaining(`may send from its own MAC and addresses only: filter chain ${chain('s', near)}, rule 2 drops: -j DROP`),
    ])
  })
})

describe('security groups that do nothing', () => {
  it('are told where the kernel does not ask iptables about bridged frames', () => {
    const path = draw(topologyWith(out, closed), { sysctls: asked('0') })
    expect([...new Map(findings(path).map(([device, words]) => [device, words]))]).toEqual([
      [tapName(near), expect.stringContaining('net.bridge.bridge-nf-call-iptables is 0 on cmp1')],
      [tapName(far), expect.stringContaining('net.bridge.bridge-nf-call-iptables is 0 on cmp2')],
    ])
  })

  it('and where a chain of the port is not there', () => {
    const without = (state: HostState): HostState => ({
      ...state,
      iptables: state.iptables.filter(({ chain: name, family }) => family !== 'ipv4' || name !== chain('i', far)),
    })
    expect(findings(draw(topologyWith(out, inside), { change: without }))[0]).toEqual([
      tapName(far),
      expect.stringContaining(`${chain('i', far)} is missing on cmp2`),
    ])
  })
})
