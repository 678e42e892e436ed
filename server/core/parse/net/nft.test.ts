import { describe, expect, it } from 'vitest'
import { parseNft } from './nft'
import { nftRules, type NftExpression } from './nft-rule'

// Recorded from nft 1.0.6, shortened.
const TABLE = `{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}, {"table": {"family": "inet", "name": "fw", "handle": 1}}, {"set": {"family": "inet", "name": "s", "table": "fw", "type": "ipv4_addr", "handle": 9}}, {"chain": {"family": "inet", "table": "fw", "name": "forw", "handle": 2, "type": "filter", "hook": "forward", "prio": 0, "policy": "drop"}}, {"chain": {"family": "inet", "table": "fw", "name": "sub", "handle": 3}}, {"rule": {"family": "inet", "table": "fw", "chain": "forw", "handle": 4, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"accept": null}]}}, {"rule": {"family": "inet", "table": "fw", "chain": "sub", "handle": 8, "expr": [{"limit": {"rate": 1, "burst": 5, "per": "second"}}, {"log": {"prefix": "x"}}, {"drop": null}]}}]}`
const NAT = `{"nftables": [{"chain": {"family": "ip", "table": "natt", "name": "post", "handle": 1, "type": "nat", "hook": "postrouting", "prio": 100, "policy": "accept"}}, {"rule": {"family": "ip", "table": "natt", "chain": "post", "handle": 2, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": "eth0"}}, {"masquerade": null}]}}]}`
const INGRESS = `{"nftables": [{"chain": {"family": "netdev", "table": "t", "name": "in", "handle": 1, "dev": "eth0", "type": "filter", "hook": "ingress", "prio": 0, "policy": "accept"}}]}`

it('a table for both families is one of each; a base chain tells its hook', () => {
  const { value, unparsed } = parseNft(`${TABLE}\n${NAT}\n`, 'qrouter-1')
  expect(unparsed).toEqual([])
  const base = { hook: 'FORWARD', priority: 0, isNat: false }
  const both = (family: 'ipv4' | 'ipv6') => [
    {
      netns: 'qrouter-1',
      family,
      table: 'inet fw',
      chain: 'forw',
      policy: 'DROP',
      rules: ['-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT'],
      base,
    },
    { netns: 'qrouter-1', family, table: 'inet fw', chain: 'sub', policy: null, rules: ['--nft limit -j DROP'] },
  ]
  expect(value.filter(({ family, table }) => family === 'ipv4' && table === 'inet fw')).toEqual(both('ipv4'))
  expect(value.filter(({ family }) => family === 'ipv6')).toEqual(both('ipv6'))
  expect(value.filter(({ table }) => table === 'ip natt')).toEqual([
    {
      netns: 'qrouter-1',
      family: 'ipv4',
      table: 'ip natt',
      chain: 'post',
      policy: 'ACCEPT',
      rules: ['-o eth0 -j MASQUERADE'],
      base: { hook: 'POSTROUTING', priority: 100, isNat: true },
    },
  ])
})

it.each([
  ['a table that nft did not tell', 'inet odd-name'],
  ['a chain of a device', INGRESS],
  ['what is no JSON', '{"nftables": ['],
  ['what is no list', '{"nftables": 7}'],
])('%s is Unparsed, and nothing of ours', (_, line) => {
  expect(parseNft(line, '')).toMatchObject({ value: [], unparsed: [{ section: 'nft', foreign: [] }] })
})

describe('a rule in the words of iptables', () => {
  const meta = (key: string) => ({ meta: { key } })
  const payload = (protocol: string, field: string) => ({ payload: { protocol, field } })
  const match = (left: unknown, right: unknown, op = '=='): NftExpression => ({ match: { op, left, right } })
  const accept = { accept: null }
  const state = { ct: { key: 'state' } }

  it.each<[readonly NftExpression[], readonly string[]]>([
    [[accept], ['-j ACCEPT']],
    [[{ counter: { packets: 1, bytes: 60 } }], []],
    [
      [
        match(meta('iifname'), 'virbr*'),
        match(payload('ip', 'saddr'), { prefix: { addr: '10.0.0.0', len: 8 } }),
        match(payload('tcp', 'dport'), { set: [22, { range: [80, 90] }] }),
        accept,
      ],
      ['-i virbr+ -s 10.0.0.0/8 -p tcp -m multiport --dports 22,80:90 -j ACCEPT'],
    ],
    [
      [match(meta('iifname'), 'lo', '!='), match(payload('udp', 'dport'), 4789, '!='), match(meta('mark'), 1), { jump: { target: 'sub' } }],
      ['! -i lo -p udp -m multiport ! --dports 4789 -m mark --mark 1 -j sub'],
    ],
    [[match(payload('ip', 'daddr'), '10.0.0.1', '!='), { goto: { target: 'sub' } }], ['! -d 10.0.0.1 -g sub']],
    [
      [
        match(payload('ip', 'protocol'), 'icmp'),
        match(payload('icmp', 'type'), 'echo-request'),
        { reject: { type: 'icmp', expr: 'port-unreachable' } },
      ],
      ['-p icmp -p icmp --icmp-type echo-request -j REJECT'],
    ],
    [
      [match(payload('th', 'sport'), 53), { snat: { addr: '1.1.1.1', port: 80 } }],
      ['-m multiport --sports 53 -j SNAT --to-source 1.1.1.1:80'],
    ],
    [[{ snat: { addr: '1.1.1.1', flags: 'random' } }], ['-j nft:snat']],
    [[match(meta('nfproto'), 'ipv4'), match(meta('nfproto'), 'ipv6'), { drop: null }], ['-s 0.0.0.0/0 ! -s 0.0.0.0/0 -j DROP']],
    [
      [
        {
          vmap: {
            key: state,
            data: {
              set: [
                ['invalid', { drop: null }],
                ['new', { jump: { target: 'sub' } }],
              ],
            },
          },
        },
      ],
      ['-m conntrack --ctstate INVALID -j DROP', '-m conntrack --ctstate NEW -j sub'],
    ],
    // What has no words: nobody can say whether it holds, or what it does.
    [[match(payload('ip', 'saddr'), '@s'), accept], ['--nft ip-saddr -j ACCEPT']],
    [[match(meta('l4proto'), { set: ['tcp', 'udp'] }), accept], ['--nft l4proto -j ACCEPT']],
    [[match(meta('nfproto'), 'ipv6', '!='), accept], ['--nft nfproto -j ACCEPT']],
    [[match(payload('ip', 'ttl'), 1, '<'), accept], ['--nft ip-ttl -j ACCEPT']],
    [[match(meta('iifname'), 'a b'), match({ fib: {} }, 1), accept], ['--nft iifname --nft fib -j ACCEPT']],
    [[{ mangle: { key: meta('mark'), value: 1 } }, accept], ['-j nft:mangle']],
    [[{ jump: { target: 'LOG' } }], ['-j nft:jump']],
    [[{ masquerade: { flags: 'random' } }], ['-j nft:masquerade']],
    [[{ dnat: { addr: { map: {} } } }], ['-j nft:dnat']],
    [
      [{ vmap: { key: state, data: '@named' } }, accept],
      ['-j nft:vmap', '-j ACCEPT'],
    ],
  ])('%j', (expressions, rules) => expect(nftRules(expressions, 'ipv4')).toEqual(rules))

  it('of bridges only devices are understood, whose words are those of ebtables', () => {
    expect(nftRules([match(meta('oifname'), 'tap1'), match(payload('ip', 'saddr'), '10.0.0.1'), accept], 'bridge')).toEqual([
      '-o tap1 --nft ip-saddr -j ACCEPT',
    ])
  })
})
