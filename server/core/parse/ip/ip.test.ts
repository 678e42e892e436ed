import { describe, expect, it } from 'vitest'
import { explainUnparsed } from '../../explain/unparsed'
import type { UnparsedReason } from '../../host/unparsed-params'
import { parseAddresses, parseIpBatch, parseRoutes, parseRules } from '../testing/parse-parts'
import { bridgeData, parseLinks, unmodelledOf, vlanData } from './link'

const reasons = (result: { readonly unparsed: readonly { readonly reason: UnparsedReason }[] }) =>
  result.unparsed.map(({ reason }) => explainUnparsed(reason))

describe('ip -j', () => {
  it('addr', () => {
    const text =
      '[{"ifindex":2,"ifname":"eth0","flags":["UP"],"mtu":1500,"addr_info":[{"family":"inet","local":"10.0.0.2","prefixlen":24,"scope":"global"},{},{"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link"}]}]'
    expect(parseAddresses(text, 'ns')).toEqual({
      value: [
        { netns: 'ns', link: 'eth0', cidr: '10.0.0.2/24', scope: 'global' },
        { netns: 'ns', link: 'eth0', cidr: 'fe80::1/64', scope: 'link' },
      ],
      unparsed: [],
    })
  })

  it.each([
    [
      '{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]}',
      { table: 'main', destination: 'default', via: '10.0.0.1', link: 'eth0' },
    ],
    [
      '{"dst":"default","gateway":"fe80::1","dev":"eth0","metric":1024,"pref":"medium"}',
      { table: 'main', destination: '::/0', via: 'fe80::1', link: 'eth0', metric: 1024 },
    ],
    [
      '{"type":"local","dst":"10.0.0.2","dev":"eth0","table":"local","protocol":"kernel","scope":"host","prefsrc":"10.0.0.2"}',
      { table: 'local', destination: '10.0.0.2/32', link: 'eth0', source: '10.0.0.2', protocol: 'kernel', scope: 'host', type: 'local' },
    ],
    [
      '{"dst":"10.0.0.0/24","dev":"eth0","table":16,"type":"unicast","metric":0}',
      { table: '16', destination: '10.0.0.0/24', link: 'eth0' },
    ],
    [
      '{"dst":"10.0.0.0/8","via":{"family":"inet6","host":"fe80::2"},"dev":"eth0"}',
      { table: 'main', destination: '10.0.0.0/8', via: 'fe80::2', viaFamily: 'inet6', link: 'eth0' },
    ],
  ])('route %s', (row, route) => expect(parseRoutes(`[${row}]`)).toEqual({ value: [{ netns: '', ...route }], unparsed: [] }))

  it('route with several next hops', () => {
    const row = '{"dst":"default","nexthops":[{"gateway":"10.0.0.1","dev":"a","weight":1},{"gateway":"10.0.1.1","dev":"b","weight":1}]}'
    expect(parseRoutes(`[${row}]`).value.map(({ via, link, weight }) => [via, link, weight])).toEqual([
      ['10.0.0.1', 'a', 1],
      ['10.0.1.1', 'b', 1],
    ])
  })

  it.each([
    ['{"priority":0,"src":"all","table":"local"}', { priority: 0, source: 'all', table: 'local' }],
    ['{"priority":57481,"src":"10.0.0.5","table":"16","protocol":"static"}', { priority: 57481, source: '10.0.0.5/32', table: '16' }],
    [
      '{"priority":3232238081,"src":"10.0.0.0","srclen":24,"table":3232238081}',
      { priority: 3232238081, source: '10.0.0.0/24', table: '3232238081' },
    ],
    [
      '{"priority":2852003613,"src":"all","iif":"fpr-1","table":"2852003613"}',
      { priority: 2852003613, source: 'all', table: '2852003613', inputLink: 'fpr-1' },
    ],
  ])('rule %s', (row, rule) => expect(parseRules(`[${row}]`)).toEqual({ value: [{ netns: '', ...rule }], unparsed: [] }))

  it.each([
    [
      '{"priority":5,"not":null,"src":"all","fwmark":"0x1","fwmask":"0xff","table":"16"}',
      { table: '16', isInverted: true, mark: { value: 1, mask: 255 } },
    ],
    [
      '{"priority":5,"src":"all","dst":"10.0.0.0","dstlen":8,"action":"prohibit"}',
      { table: '', destination: '10.0.0.0/8', action: 'prohibit' },
    ],
    [
      '{"priority":5,"src":"all","oif":"eth0","table":"main","suppress_prefixlen":0}',
      { table: 'main', outputLink: 'eth0', suppressPrefixLength: 0 },
    ],
    ['{"priority":5,"src":"all","ipproto":"tcp","dport":80,"table":"16"}', { table: '16', unmodelled: ['ipproto', 'dport'] }],
  ])('rule that selects by more: %s', (row, rule) => {
    expect(parseRules(`[${row}]`)).toEqual({ value: [{ netns: '', priority: 5, source: 'all', ...rule }], unparsed: [] })
  })

  it('neigh: without an answer there is no MAC', () => {
    const rows =
      '{"dst":"10.0.0.1","dev":"eth0","probes":3,"state":["FAILED"]},{"dst":"10.0.0.2","dev":"eth0","lladdr":"02:00:00:00:00:02","probes":0,"state":["PERMANENT"]}'
    expect(parseIpBatch(`[${rows}]`, 'ns').value.neighbours).toEqual([
      { netns: 'ns', link: 'eth0', address: '10.0.0.1', macAddress: null, isPermanent: false },
      { netns: 'ns', link: 'eth0', address: '10.0.0.2', macAddress: '02:00:00:00:00:02', isPermanent: true },
    ])
  })

  it('ids of namespaces, of which one has no name', () => {
    expect(parseIpBatch('[{"nsid":0,"name":"red"},{"nsid":1}]').value.namespaceIds).toEqual([
      { name: 'red', nsid: 0 },
      { name: null, nsid: 1 },
    ])
  })

  it('a bridge without its data is a bridge all the same', () => {
    const [row] = parseLinks(
      '[{"ifindex":3,"ifname":"br0","flags":[],"mtu":1500,"linkinfo":{"info_kind":"bridge","info_data":{"stp_state":0}}}]',
    ).value
    expect(row && bridgeData(row)).toBeUndefined()
  })

  it('text that is no JSON', () => {
    expect(reasons(parseLinks('Device "x" does not exist.'))[0]).toMatch(/^Not JSON/)
    expect(reasons(parseLinks('{}'))).toEqual(['Not a list'])
    expect(parseLinks('')).toEqual({ value: [], unparsed: [] })
  })
})

describe('settings that decide about frames', () => {
  const row = (linkinfo: string, flags = '') =>
    parseLinks(`[{"ifindex":3,"ifname":"x","flags":[${flags}],"mtu":1500,"link":"eth0","linkinfo":${linkinfo}}]`).value[0]!

  it.each([
    [
      '{"info_kind":"veth","info_slave_kind":"bridge","info_slave_data":{"state":"forwarding","hairpin":false,"learning":true,"flood":true,"isolated":false,"group_fwd_mask":"0"}}',
      [],
    ],
    [
      '{"info_kind":"veth","info_slave_kind":"bridge","info_slave_data":{"hairpin":true,"learning":false,"flood":true,"isolated":true}}',
      ['hairpin', 'isolated', 'learning'],
    ],
    [
      '{"info_kind":"bridge","info_data":{"stp_state":0,"group_fwd_mask":"0x4000","nf_call_iptables":1}}',
      ['group_fwd_mask', 'nf_call_iptables'],
    ],
    ['{"info_kind":"vxlan","info_data":{"id":5,"port":4789,"proxy":true}}', ['proxy']],
    ['{"info_kind":"vxlan","info_data":{"id":5,"port":4789,"rsc":true,"local6":"fd00::1"}}', ['rsc', 'local6']],
    ['{"info_kind":"veth"},"xdp":{"mode":2}', ['xdp']],
    ['{"info_kind":"veth","info_slave_kind":"bond","info_slave_data":{"flood":false}}', []],
  ])('%s: %j', (linkinfo, names) => expect(unmodelledOf(row(linkinfo), undefined)).toEqual(names))

  it('a device without ARP', () => expect(unmodelledOf(row('{}', '"UP","NOARP"'), undefined)).toEqual(['noarp']))

  it.each([
    ['"UP","LOWER_UP"', '"UP"', 'forwarding', []],
    ['"UP","LOWER_UP"', '"UP"', 'disabled', ['state']],
    ['"UP","LOWER_UP"', '"UP"', 'blocking', ['state']],
    ['"UP","LOWER_UP"', '', 'disabled', []],
    ['"UP"', '"UP"', 'disabled', []],
    ['"LOWER_UP"', '"UP"', 'disabled', []],
  ])('%s, in a bridge that is %s, as a port %s', (flags, ofBridge, state, names) =>
    expect(
      unmodelledOf(
        row(`{"info_kind":"tun","info_slave_kind":"bridge","info_slave_data":{"state":"${state}"}}`, flags),
        row('{"info_kind":"bridge"}', ofBridge),
      ),
    ).toEqual(names),
  )

  it('tells the two kinds of tags', () => {
    expect(vlanData(row('{"info_kind":"vlan","info_data":{"protocol":"802.1Q","id":5,"flags":["REORDER_HDR"]}}'))).toEqual({
      lower: 'eth0',
      id: 5,
    })
    expect(vlanData(row('{"info_kind":"vlan","info_data":{"protocol":"802.1ad","id":5,"flags":["REORDER_HDR"]}}'))).toEqual({
      lower: 'eth0',
      id: 5,
      isService: true,
    })
  })
})

describe('ip -batch', () => {
  const link =
    '[{"ifindex":1,"ifname":"lo","flags":["UP"],"mtu":65536,"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host"}]}]'

  it('tells lines by what they hold, whichever are there', () => {
    const text = `[{"nsid":0,"name":"red"}]\n${link}\n[]\n[{"priority":0,"src":"all","table":"local"}]\n`
    expect(parseIpBatch(text, 'x', 's')).toMatchObject({
      value: {
        netns: 'x',
        links: [{ ifname: 'lo' }],
        addresses: [{ cidr: '127.0.0.1/8' }],
        routes: [],
        rules: [{ priority: 0 }],
        namespaceIds: [{ name: 'red' }],
      },
      unparsed: [],
    })
  })

  it('keeps lines that are something else', () => {
    expect(parseIpBatch('[{"priority":50,"src":"all","dst":"10.0.1.1","table":"55"}]', '', 's').value.rules).toHaveLength(1)
    expect(reasons(parseIpBatch('RTNETLINK answers: No\n[{"what":1}]', '', 's'))).toEqual([
      'Not a JSON list',
      'A list of something unknown',
    ])
  })
})
