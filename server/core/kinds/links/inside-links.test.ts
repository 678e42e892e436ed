import { describe, expect, it } from 'vitest'
import { diffHost, isEmptyDiff } from '../../diff/host-diff'
import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import type { OvsPort } from '../../host/ovs'
import type { Sysctl } from '../../host/sysctl'
import { planned, stateOf } from '../../testing/planned'

const owner = { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const
const [A, B] = ['qrouter-1', 'fip-1']
const namespaces = (...names: readonly string[]) => names.map((name) => ({ name, owner }))
const end = (netns: string, name: string, peer: { netns: string; name: string } | null, more: Partial<Link> = {}): Link => ({
  netns,
  name,
  type: 'veth',
  owner,
  peer,
  isUp: true,
  ...more,
})
const pair = (one: string, other: string, names: readonly [string, string] = ['rfp-1', 'fpr-1']): Link[] => [
  end(one, names[0], { netns: other, name: names[1] }),
  end(other, names[1], { netns: one, name: names[0] }),
]
const state = (lists: Partial<HostState>): HostState => stateOf({ namespaces: namespaces(A, B), ...lists })
const alias = `alias tapline:network/${owner.id} up`

describe('veth pairs with both ends in namespaces', () => {
  it('[PLAN-36] are made where they belong, and set up there', () => {
    expect(planned(state({ links: pair(A, B) }), state({}))).toEqual([
      `link add name rfp-1 netns ${A} type veth peer name fpr-1 netns ${B}`,
      `${A}: link set dev rfp-1 ${alias}`,
      `${B}: link set dev fpr-1 ${alias}`,
    ])
    expect(planned(state({ links: pair(A, A) }), state({}))[0]).toBe(`link add name rfp-1 netns ${A} type veth peer name fpr-1 netns ${A}`)
  })

  it('with one end outside are made from that one, whichever is listed first', () => {
    expect(planned(state({ links: pair(A, '') }), state({}))).toEqual([
      `link add name fpr-1 type veth peer name rfp-1 netns ${A}`,
      `link set dev fpr-1 ${alias}`,
      `${A}: link set dev rfp-1 ${alias}`,
    ])
  })

  it.each<[string, readonly Link[], readonly string[]]>([
    ['between namespaces', pair(A, B), [`${A}: link del dev rfp-1`]],
    ['within one', pair(A, A), [`${A}: link del dev rfp-1`]],
    ['to the root namespace', pair(A, ''), ['link del dev fpr-1']],
  ])('[PLAN-36] %s are deleted once when their namespaces stay', (_, links, lines) => {
    expect(planned(state({}), state({ links }))).toEqual(lines)
  })

  it('go with the namespace that goes, but for an end in one that stays', () => {
    expect(planned(stateOf({ namespaces: namespaces(B) }), state({ links: pair(A, B) }))).toEqual([
      `${B}: link del dev fpr-1`,
      `netns delete ${A}`,
    ])
    expect(planned(stateOf({}), state({ links: pair(A, B) }))).toEqual([`netns delete ${A}`, `netns delete ${B}`])
  })

  it('[PLAN-36] are made anew when an end is in the wrong place, and no line is for what went along', () => {
    const wanted = [...pair(A, B)]
    // The end that leaves a namespace that stays.
    expect(planned(state({ links: wanted }), state({ links: pair(A, '') }))).toEqual([
      `${A}: link del dev rfp-1`,
      `link add name fpr-1 netns ${B} type veth peer name rfp-1 netns ${A}`,
      `${B}: link set dev fpr-1 ${alias}`,
      `${A}: link set dev rfp-1 ${alias}`,
    ])
    // Both are paired with others of ours.
    const crossed = [...pair(A, A, ['rfp-1', 'x-1']), ...pair(B, B, ['fpr-1', 'y-1'])]
    expect(planned(state({ links: wanted }), state({ links: crossed })).filter((line) => line.includes('link del'))).toEqual([
      `${A}: link del dev rfp-1`,
      `${B}: link del dev fpr-1`,
    ])
    // The pair of one wanted end is another wanted end.
    const two = [...pair(A, B), ...pair(A, B, ['rfp-2', 'fpr-2'])]
    const mixed = [end(A, 'rfp-1', { netns: A, name: 'rfp-2' }), end(A, 'rfp-2', { netns: A, name: 'rfp-1' })]
    expect(planned(state({ links: two }), state({ links: mixed })).filter((line) => line.includes('link del'))).toEqual([
      `${A}: link del dev rfp-1`,
    ])
  })

  it('[DIFF-24] come back with addresses, routes, neighbours and settings, and nothing is taken from the dead one', () => {
    const on = { netns: A, link: 'rfp-1' }
    const sysctl = (name: string, value: string): Sysctl => ({ netns: A, key: `net/ipv4/conf/rfp-1/${name}`, value })
    const wanted = state({
      links: pair(A, B),
      addresses: [{ ...on, cidr: '169.254.64.0/31' }],
      routes: [{ ...on, table: '16', destination: 'default', via: '169.254.64.1' }],
      neighbours: [{ ...on, address: '169.254.64.1', macAddress: '02:00:00:00:00:01' }],
      sysctls: [sysctl('rp_filter', '0')],
    })
    const observed: HostState = {
      ...wanted,
      links: pair(A, ''),
      addresses: [...wanted.addresses, { ...on, cidr: '10.0.0.1/24' }],
      routes: [...wanted.routes, { ...on, table: '17', destination: 'default', via: '169.254.64.1' }],
    }
    expect(planned(wanted, observed)).toEqual([
      `${A}: link del dev rfp-1`,
      `link add name fpr-1 netns ${B} type veth peer name rfp-1 netns ${A}`,
      `${A}: net/ipv4/conf/rfp-1/rp_filter = 0`,
      `${B}: link set dev fpr-1 ${alias}`,
      `${A}: link set dev rfp-1 ${alias}`,
      `${A}: address replace 169.254.64.0/31 dev rfp-1`,
      `${A}: route replace default via 169.254.64.1 dev rfp-1 table 16`,
      `${A}: neigh replace 169.254.64.1 lladdr 02:00:00:00:00:01 dev rfp-1 nud permanent`,
    ])
  })

  it('a bridge is made in its namespace as well', () => {
    expect(planned(state({ links: [{ netns: A, name: 'br', type: 'bridge', owner }] }), state({}))[0]).toBe(
      `link add name br netns ${A} type bridge`,
    )
  })
})

describe('an internal port that leaves a namespace', () => {
  const internal = (netns: string): Link => ({ netns, name: 'qr-1', type: 'ovs-internal', owner, isUp: true })
  const row: OvsPort = {
    bridge: 'br-int',
    name: 'qr-1',
    owner,
    tag: 1,
    vlanMode: null,
    trunks: [],
    otherConfig: {},
    externalIds: {},
    interface: { type: 'internal', options: {}, externalIds: {} },
  }
  const at = (netns: string) => state({ links: [internal(netns)], ovsPorts: [row] })

  it.each([
    [B, [`${A}: link set dev qr-1 netns 1`, `link set dev qr-1 netns ${B}`, `${B}: link set dev qr-1 ${alias}`]],
    ['', [`${A}: link set dev qr-1 netns 1`, `link set dev qr-1 ${alias}`]],
  ])('[PLAN-36] for "%s" comes out and goes on', (to, lines) => {
    expect(planned(at(to), at(A))).toEqual(lines)
    expect(isEmptyDiff(diffHost(at(to), at(to)))).toBe(true)
  })

  it('comes out also of one that goes, before it goes', () => {
    expect(planned({ ...at(B), namespaces: namespaces(B) }, at(A))).toEqual([
      `${A}: link set dev qr-1 netns 1`,
      `link set dev qr-1 netns ${B}`,
      `${B}: link set dev qr-1 ${alias}`,
      `netns delete ${A}`,
    ])
  })
})

describe('settings inside namespaces', () => {
  const sysctl = (key: string, value = '1'): Sysctl => ({ netns: A, key, value })
  const links = pair(A, B)

  it('[PLAN-37] come after their device and before it is up; what is for all devices first', () => {
    const lines = planned(
      state({
        links,
        sysctls: [
          sysctl('net/ipv4/conf/rfp-1/send_redirects', '0'),
          sysctl('net/ipv4/conf/default/rp_filter'),
          sysctl('net/ipv4/ip_forward'),
        ],
      }),
      state({}),
    )
    expect(lines.slice(0, 5)).toEqual([
      `link add name rfp-1 netns ${A} type veth peer name fpr-1 netns ${B}`,
      `${A}: net/ipv4/ip_forward = 1`,
      `${A}: net/ipv4/conf/default/rp_filter = 1`,
      `${A}: net/ipv4/conf/rfp-1/send_redirects = 0`,
      `${A}: link set dev rfp-1 ${alias}`,
    ])
  })

  it('[DIFF-24] a device whose forwarding is wanted otherwise gets it again when that of all is set', () => {
    const off = sysctl('net/ipv4/conf/rfp-1/forwarding', '0')
    const wanted = state({ links, sysctls: [sysctl('net/ipv4/ip_forward'), off] })
    expect(planned(wanted, state({ links, sysctls: [sysctl('net/ipv4/ip_forward', '0'), off] }))).toEqual([
      `${A}: net/ipv4/ip_forward = 1`,
      `${A}: net/ipv4/conf/rfp-1/forwarding = 0`,
    ])
    expect(planned(wanted, wanted)).toEqual([])
  })
})
