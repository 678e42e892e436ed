// Random flow lines as people and controllers write them: every name that a field has, values and masks in several spellings,
// OpenFlow 1.0 words beside set_field and load, nesting, instructions. Most are valid; `ovs-ofctl` says which are not.

import fc from 'fast-check'

type Text = fc.Arbitrary<string>

const number = (bits: number): Text =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }), fc.boolean())
    .map(([value, isHex]) => (isHex ? `0x${value.toString(16)}` : value.toString()))
const hex = (bits: number): Text => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((value) => `0x${value.toString(16)}`)
/** ovs-ofctl reads decimal numbers of up to 64 bits. */
const hexWhereWide = (bits: number): Text => (bits > 64 ? hex(bits) : number(bits))
const masked = (value: Text, mask: Text = value): Text =>
  fc.oneof(
    { weight: 2, arbitrary: value },
    fc.tuple(value, mask).map(([left, right]) => `${left}/${right}`),
  )
const byte = fc.integer({ min: 0, max: 255 })
const mac: Text = fc
  .array(byte, { minLength: 6, maxLength: 6 })
  .map((bytes) => bytes.map((each) => each.toString(16).padStart(2, '0')).join(':'))
const ipv4: Text = fc.array(byte, { minLength: 4, maxLength: 4 }).map((bytes) => bytes.join('.'))
const ipv6: Text = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'))
const prefix = (bits: number): Text => fc.integer({ min: 0, max: bits }).map(String)
const anyOf = (...texts: readonly string[]): Text => fc.constantFrom(...texts)
const flags = (...names: readonly string[]): Text =>
  fc
    .subarray([...names], { minLength: 1 })
    .chain((chosen) =>
      fc
        .array(fc.constantFrom('+', '-'), { minLength: chosen.length, maxLength: chosen.length })
        .map((signs) => chosen.map((name, index) => `${signs[index]}${name}`).join('')),
    )

interface Field {
  /** Names in a match. */
  readonly names: readonly string[]
  readonly value: Text
  /** Names behind `->`, none where nothing can set it. */
  readonly settable?: readonly string[]
  readonly setValue?: Text
  /** Names in load and move, with the width. */
  readonly parts?: readonly string[]
  readonly bits?: number
}

const plain = (name: string, bits: number, parts: readonly string[], value: Text = masked(number(bits), hex(bits))): Field => ({
  names: [name], value, settable: [name], setValue: hexWhereWide(bits), parts: [name, ...parts], bits,
}) // prettier-ignore
const readOnly = ({ names, value, parts, bits }: Field): Field => ({ names, value, ...(parts ? { parts } : {}), ...(bits ? { bits } : {}) })

const metadataFields: readonly Field[] = [
  ...[0, 7, 15].map((index) => plain(`reg${index}`, 32, [`NXM_NX_REG${index}`])),
  plain('xreg3', 64, ['OXM_OF_PKT_REG3']),
  plain('xxreg1', 128, ['NXM_NX_XXREG1'], masked(hex(128), hex(128))),
  { ...plain('metadata', 64, ['OXM_OF_METADATA']), names: ['metadata'] },
  { ...plain('tun_id', 64, ['NXM_NX_TUN_ID', 'OXM_OF_TUNNEL_ID']), names: ['tun_id', 'tunnel_id'] },
  { ...plain('tun_src', 32, ['NXM_NX_TUN_IPV4_SRC'], masked(ipv4, prefix(32))), setValue: ipv4 },
  plain('tun_gbp_id', 16, ['NXM_NX_TUN_GBP_ID']),
  plain('tun_erspan_ver', 4, ['NXOXM_ET_ERSPAN_VER'], anyOf('1', '2')),
  plain('tun_erspan_idx', 20, ['NXOXM_ET_ERSPAN_IDX'], hex(20)),
  readOnly(plain('tun_gtpu_flags', 8, ['NXOXM_ET_GTPU_FLAGS'], hex(8))),
  readOnly(plain('tun_gtpu_msgtype', 8, [], number(8))),
  { names: ['tun_metadata0'], value: hex(64) },
  { names: ['tun_flags'], value: anyOf('oam', '+oam', '-oam', '0x1'), settable: ['tun_flags'], setValue: anyOf('oam', '0x1', '1') },
  plain('pkt_mark', 32, ['NXM_NX_PKT_MARK']),
  readOnly(plain('conj_id', 32, [], number(32))),
  {
    names: ['in_port'],
    value: anyOf('1', '77', 'LOCAL', 'ANY', '65534'),
    settable: ['in_port'],
    setValue: anyOf('5', '0', 'ANY', 'LOCAL', 'in_port', '0xffff'),
    parts: ['in_port', 'NXM_OF_IN_PORT'],
    bits: 16,
  },
  { names: ['in_port_oxm'], value: anyOf('1', '77', 'LOCAL'), parts: ['in_port_oxm', 'OXM_OF_IN_PORT'], bits: 32 },
  { names: ['actset_output'], value: anyOf('3', 'LOCAL', 'UNSET') },
  {
    names: ['ct_state'],
    value: fc.oneof(
      flags('new', 'est', 'rel', 'rpl', 'inv', 'trk', 'snat', 'dnat').filter((text) => text.includes('+trk')),
      anyOf('0x21/0x21', 'trk|new'),
    ),
  },
  readOnly(plain('ct_mark', 32, ['NXM_NX_CT_MARK'])),
  readOnly(plain('ct_zone', 16, ['NXM_NX_CT_ZONE'], number(16))),
  readOnly(plain('ct_label', 128, ['NXM_NX_CT_LABEL'], masked(hex(128), hex(128)))),
  {
    names: ['dl_src', 'eth_src'],
    value: masked(mac),
    settable: ['eth_src', 'dl_src'],
    setValue: mac,
    parts: ['NXM_OF_ETH_SRC', 'OXM_OF_ETH_SRC', 'eth_src'],
    bits: 48,
  },
  {
    names: ['dl_dst', 'eth_dst'],
    value: masked(mac),
    settable: ['eth_dst'],
    setValue: mac,
    parts: ['NXM_OF_ETH_DST', 'OXM_OF_ETH_DST', 'dl_dst'],
    bits: 48,
  },
  { names: ['dl_vlan'], value: anyOf('5', '0x65', '0xffff') },
  {
    names: ['vlan_tci'],
    value: anyOf(
      '0',
      '0x1005/0x1fff',
      '0x0005/0x0fff',
      '0x5000/0xf000',
      '0x0000/0x1000',
      '0x1000/0x1000',
      '0x3005',
      '0/0xf000',
      '0x0005/0x1fff',
      '0x1001/0x1003',
      '0x5000/0xe000',
      '0/0',
    ),
  },
  { names: ['vlan_vid'], value: anyOf('4099', '0x1000/0x1000', '0/0x1000', '0', '0x1001/0x1001') },
  { names: ['dl_vlan_pcp', 'vlan_pcp'], value: anyOf('0', '3', '7') },
]

const ip: readonly Field[] = [
  {
    ...plain('nw_src', 32, ['NXM_OF_IP_SRC', 'OXM_OF_IPV4_SRC']),
    names: ['nw_src', 'ip_src'],
    value: masked(ipv4, fc.oneof(prefix(32), ipv4)),
    settable: ['ip_src', 'nw_src'],
    setValue: ipv4,
  },
  {
    ...plain('nw_dst', 32, ['NXM_OF_IP_DST', 'OXM_OF_IPV4_DST']),
    names: ['nw_dst', 'ip_dst'],
    value: masked(ipv4, prefix(32)),
    settable: ['ip_dst'],
    setValue: ipv4,
  },
]
const anyIp: readonly Field[] = [
  {
    names: ['nw_tos'],
    value: anyOf('32', '4', '252'),
    settable: ['nw_tos'],
    setValue: anyOf('32', '0xfc'),
    parts: ['NXM_OF_IP_TOS'],
    bits: 8,
  },
  { names: ['ip_dscp'], value: number(6), settable: ['ip_dscp'], setValue: number(6) },
  { names: ['nw_ecn', 'ip_ecn'], value: number(2), settable: ['nw_ecn', 'ip_ecn'], setValue: number(2) },
  { names: ['nw_ttl'], value: number(8), settable: ['nw_ttl'], setValue: number(8), parts: ['nw_ttl', 'NXM_NX_IP_TTL'], bits: 8 },
  { names: ['nw_frag', 'ip_frag'], value: anyOf('no', 'yes', 'first', 'later', 'not_later') },
]
const ipv6Fields: readonly Field[] = [
  {
    names: ['ipv6_src'],
    value: masked(ipv6, prefix(128)),
    settable: ['ipv6_src'],
    setValue: ipv6,
    parts: ['NXM_NX_IPV6_SRC', 'OXM_OF_IPV6_SRC'],
    bits: 128,
  },
  { names: ['ipv6_dst'], value: masked(ipv6, fc.oneof(prefix(128), ipv6)), settable: ['ipv6_dst'], setValue: ipv6 },
  {
    names: ['ipv6_label'],
    value: masked(number(20), hex(20)),
    settable: ['ipv6_label'],
    setValue: hex(20),
    parts: ['NXM_NX_IPV6_LABEL', 'OXM_OF_IPV6_FLABEL'],
    bits: 20,
  },
]
const port = (kind: string, side: 'src' | 'dst', parts: readonly string[]): Field => ({
  names: [`tp_${side}`, `${kind}_${side}`], value: masked(number(16), hex(16)), settable: [`${kind}_${side}`], setValue: number(16), parts: [`${kind}_${side}`, ...parts], bits: 16,
}) // prettier-ignore
const ports = (kind: string, ...prefixes: readonly string[]): readonly Field[] =>
  (['src', 'dst'] as const).map((side) =>
    port(
      kind,
      side,
      prefixes.map((each) => `${each}_${kind.toUpperCase()}_${side.toUpperCase()}`),
    ),
  )
const tcpFields = [
  ...ports('tcp', 'NXM_OF', 'OXM_OF'),
  {
    names: ['tcp_flags'],
    value: fc.oneof(flags('fin', 'syn', 'rst', 'psh', 'ack', 'urg'), anyOf('syn', '0x2/0x12', 'syn|ack', '0')),
    parts: ['tcp_flags', 'NXM_NX_TCP_FLAGS'],
    bits: 12,
  },
]
const udpFields = ports('udp', 'NXM_OF', 'OXM_OF')
const sctpFields = ports('sctp', 'OXM_OF')
const icmp: readonly Field[] = [
  {
    names: ['icmp_type'],
    value: number(8),
    settable: ['icmp_type'],
    setValue: number(8),
    parts: ['NXM_OF_ICMP_TYPE', 'OXM_OF_ICMPV4_TYPE'],
    bits: 8,
  },
  { names: ['icmp_code'], value: number(8), settable: ['icmp_code'], setValue: number(8) },
]
const icmp6: readonly Field[] = [
  {
    names: ['icmpv6_type', 'icmp_type'],
    value: anyOf('128', '0x88'),
    settable: ['icmpv6_type'],
    setValue: number(8),
    parts: ['NXM_NX_ICMPV6_TYPE', 'OXM_OF_ICMPV6_TYPE'],
    bits: 8,
  },
  { names: ['icmpv6_code', 'icmp_code'], value: anyOf('0', '1'), settable: ['icmpv6_code'], setValue: number(8) },
]
const neighbour: readonly Field[] = [
  {
    names: ['nd_target'],
    value: masked(ipv6, prefix(128)),
    settable: ['nd_target'],
    setValue: ipv6,
    parts: ['NXM_NX_ND_TARGET'],
    bits: 128,
  },
  { names: ['nd_sll'], value: mac, settable: ['nd_sll'], setValue: mac, parts: ['NXM_NX_ND_SLL', 'OXM_OF_IPV6_ND_SLL'], bits: 48 },
]
const arp: readonly Field[] = [
  {
    names: ['arp_op'],
    value: anyOf('1', '0x2'),
    settable: ['arp_op'],
    setValue: anyOf('1', '2'),
    parts: ['NXM_OF_ARP_OP', 'OXM_OF_ARP_OP'],
    bits: 16,
  },
  {
    names: ['arp_spa'],
    value: masked(ipv4, prefix(32)),
    settable: ['arp_spa'],
    setValue: ipv4,
    parts: ['NXM_OF_ARP_SPA', 'arp_spa'],
    bits: 32,
  },
  { names: ['arp_sha'], value: masked(mac), settable: ['arp_sha'], setValue: mac, parts: ['NXM_NX_ARP_SHA'], bits: 48 },
]
const mpls: readonly Field[] = [
  { names: ['mpls_label'], value: number(20), settable: ['mpls_label'], setValue: number(20), parts: ['OXM_OF_MPLS_LABEL'], bits: 20 },
  { names: ['mpls_tc'], value: number(3), settable: ['mpls_tc'], setValue: number(3) },
  { names: ['mpls_bos'], value: number(1), parts: ['OXM_OF_MPLS_BOS'], bits: 1 },
  { names: ['mpls_ttl'], value: number(8), settable: ['mpls_ttl'], setValue: number(8) },
]
const nsh: readonly Field[] = [
  { names: ['nsh_mdtype'], value: anyOf('1', '2') },
  {
    names: ['nsh_spi', 'nsp'],
    value: number(24),
    settable: ['nsh_spi'],
    setValue: number(24),
    parts: ['NXOXM_NSH_SPI', 'nsh_spi'],
    bits: 24,
  },
  { names: ['nsh_si', 'nsi'], value: number(8), settable: ['nsh_si'], setValue: number(8) },
  { names: ['nsh_c2'], value: masked(number(32), hex(32)), settable: ['nsh_c2'], setValue: number(32), parts: ['NXOXM_NSH_C2'], bits: 32 },
  { names: ['nsh_ttl'], value: number(8), settable: ['nsh_ttl'], setValue: number(8) },
]

/** How a match can name its protocol → the fields that then make sense. */
const protocolsOf: readonly (readonly [readonly string[], readonly Field[]])[] = [
  [[''], []],
  [['arp', 'dl_type=0x0806', 'eth_type=0x806'], arp],
  [
    ['ip', 'dl_type=0x800', 'ip,nw_proto=2', 'ip,nw_proto=0x59', 'eth_type=0x0800'],
    [...ip, ...anyIp],
  ],
  [
    ['tcp', 'ip,nw_proto=6', 'dl_type=0x800,ip_proto=6'],
    [...ip, ...anyIp, ...tcpFields],
  ],
  [
    ['udp', 'ip,nw_proto=17'],
    [...ip, ...anyIp, ...udpFields],
  ],
  [
    ['sctp', 'ip,nw_proto=132'],
    [...ip, ...sctpFields],
  ],
  [
    ['icmp', 'ip,nw_proto=1'],
    [...ip, ...icmp],
  ],
  [
    ['ipv6', 'ip6', 'dl_type=0x86dd', 'ipv6,nw_proto=2'],
    [...ipv6Fields, ...anyIp],
  ],
  [
    ['tcp6', 'ipv6,nw_proto=6'],
    [...ipv6Fields, ...tcpFields],
  ],
  [
    ['udp6', 'dl_type=0x86dd,nw_proto=17'],
    [...ipv6Fields, ...udpFields],
  ],
  [['sctp6'], [...ipv6Fields, ...sctpFields]],
  [
    ['icmp6', 'ipv6,nw_proto=58'],
    [...ipv6Fields, ...icmp6],
  ],
  [['icmp6,icmp_type=135,icmp_code=0'], [...ipv6Fields, ...neighbour]],
  [['rarp', 'dl_type=0x8035', 'dl_type=0x88cc'], []],
  [['mpls', 'mplsm', 'dl_type=0x8847'], mpls],
  [['dl_type=0x894f'], nsh],
  [['packet_type=(1,0x894f)'], nsh],
]

const table = fc.integer({ min: 0, max: 253 })
const outputs: Text = fc.oneof(
  fc.integer({ min: 1, max: 60_000 }).chain((each) => anyOf(`output:${each}`, String(each))),
  anyOf(
    'NORMAL',
    'normal',
    'FLOOD',
    'ALL',
    'IN_PORT',
    'in_port',
    'LOCAL',
    'drop',
    'output:LOCAL',
    'CONTROLLER',
    'controller:128',
    'CONTROLLER:65535',
  ),
  anyOf(
    'output:reg0[0..15]',
    'output:NXM_NX_REG7[]',
    'output:OXM_OF_IN_PORT[]',
    'output:NXM_OF_IN_PORT[]',
    'output:in_port[]',
    'output(port=3,max_len=0x64)',
    'enqueue:1:2',
    'enqueue(3,4)',
  ),
  table.chain((each) => anyOf(`resubmit(,${each})`, `resubmit(3,${each})`, 'resubmit:7', 'resubmit(7)', `resubmit(in_port,${each})`)),
)
const others: Text = anyOf(
  'strip_vlan', 'pop_vlan', 'mod_vlan_vid:5', 'mod_vlan_pcp:3', 'push_vlan:0x8100', 'push_vlan:0x88a8', 'push_vlan:0x8100,set_field:4099->vlan_vid', 'set_vlan_vid:9',
  'mod_dl_src:00:00:00:00:00:01', 'set_tunnel:5', 'set_tunnel:0x1FFFFFFFF', 'set_tunnel64:7', 'group:7', 'set_queue:3', 'pop_queue', 'conjunction(5,1/2)', 'note:01.02.03', 'exit',
  'load:5->NXM_OF_VLAN_TCI[]', 'load:0x0->vlan_tci[]', 'load:0x1005->NXM_OF_VLAN_TCI[0..12]', 'load:2->OXM_OF_VLAN_PCP[]', 'check_pkt_larger(1500)->NXM_NX_REG0[3]',
  'multipath(eth_src,50,modulo_n,1,0,NXM_NX_REG0[0..7])', 'bundle(eth_src,50,active_backup,ofport,members:4,8)', 'clone(output:1,set_field:0x5->reg3,output:2)', 'push:NXM_NX_REG0[0..15]', 'pop:reg1[]',
  'learn(table=1,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_VLAN_TCI[],load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[],output:OXM_OF_IN_PORT[])',
  'learn(table=4,hard_timeout=300,priority=7,cookie=99,fin_idle_timeout=0,idle_timeout=2,in_port=9,reg3=0x5,NXM_NX_REG5[0..7]=3,eth_type=0x800,load:OXM_OF_IN_PORT[]->reg1[],output:NXM_NX_REG1[])',
  'learn(table=9,delete_learned,send_flow_rem,limit=3,result_dst=reg0[4],dl_type=0x800,nw_proto=17,udp_src=udp_dst,load:0xfffffffe->OXM_OF_IN_PORT[])',
  'learn(eth_dst=eth_src[],eth_type=0x86dd,nw_proto=6,NXM_OF_TCP_SRC[]=NXM_OF_TCP_DST[],reg0[0..3]=reg1[0..3],load:NXM_OF_IN_PORT[]->NXM_NX_REG1[0..15])',
) // prettier-ignore
const ctActions: Text = anyOf(
  'ct(commit)', 'ct(commit,force,zone=5,table=9)', 'ct(table=3,zone=0x7)', 'ct(zone=NXM_NX_REG0[0..15])', 'ct(zone=OXM_OF_IN_PORT[0..15],table=1)', 'ct(zone=in_port[])', 'ct(nat)',
  'ct(commit,nat(src=10.0.0.1-10.0.0.9:5-60,random))', 'ct(commit,exec(set_field:0x5->ct_mark,load:3->NXM_NX_CT_LABEL[0..7]))', 'ct(exec(load:1->NXM_NX_CT_MARK[]),commit,zone=1)', 'ct_clear', 'ct(commit,alg=ftp)',
) // prettier-ignore

const sliceOf = (bits: number): Text =>
  fc
    .tuple(fc.integer({ min: 0, max: bits - 1 }), fc.integer({ min: 0, max: bits - 1 }))
    .map(([left, right]) => (left === right ? `[${left}]` : `[${Math.min(left, right)}..${Math.max(left, right)}]`))
const widthOf = (slice: string, bits: number): number => {
  const [from, to] = [...slice.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return from === undefined ? bits : (to ?? from) - from + 1
}

function changesOf({ settable = [], setValue, parts = [], bits }: Field): readonly Text[] {
  const sets = setValue ? settable.map((name) => setValue.map((value) => `set_field:${value}->${name}`)) : []
  if (!bits || parts.length === 0) return sets
  const slice = fc.oneof(fc.constant('[]'), sliceOf(bits))
  const target = fc.tuple(fc.constantFrom(...parts), slice)
  const loads =
    settable.length === 0
      ? []
      : [target.chain(([name, where]) => hexWhereWide(widthOf(where, bits)).map((value) => `load:${value}->${name}${where}`))]
  const register = (width: number) => `xxreg2[0..${width - 1}]`
  const moves = target.map(([name, where]) => `move:${name}${where}->${register(widthOf(where, bits))}`)
  return [...sets, ...loads, moves]
}

/** Apply actions, then the instructions that come behind them. */
function actionsOf(fields: readonly Field[], isIp: boolean): Text {
  const changes = fields.flatMap(changesOf)
  const one = fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...changes) },
    { weight: 2, arbitrary: outputs },
    { weight: 2, arbitrary: others },
    ...(isIp ? [{ weight: 1, arbitrary: ctActions }] : []),
  )
  const instructions = fc.tuple(
    fc.constantFrom('', '', '', 'clear_actions'),
    fc.constantFrom('', '', '', 'write_actions(output:1)', 'write_actions(set_field:00:00:00:00:00:09->eth_dst,group:3)'),
    fc.oneof(
      fc.constant(''),
      fc.constant(''),
      masked(number(64), hex(64)).map((value) => `write_metadata:${value}`),
    ),
    fc.oneof(
      fc.constant(''),
      table.map((each) => `goto_table:${each + 1}`),
    ),
  )
  return fc
    .tuple(fc.array(one, { maxLength: 5 }), instructions)
    .map(([list, last]) => [...list, ...last].filter((text) => text !== '').join(','))
}

const matchesOf = (fields: readonly Field[]): fc.Arbitrary<readonly string[]> =>
  fc
    .subarray([...fields], { maxLength: Math.min(4, fields.length) })
    .chain((chosen) =>
      fc.tuple(...chosen.map(({ names, value }) => fc.tuple(fc.constantFrom(...names), value).map(([name, text]) => `${name}=${text}`))),
    )

const settings: Text = fc
  .tuple(fc.integer({ min: 0, max: 65535 }), hex(63), fc.constantFrom('', ',hard_timeout=30', ',idle_timeout=7', ',send_flow_rem'))
  .map(([priority, cookie, more]) => `priority=${priority},cookie=${cookie}${more}`)

/** Views of one and the same bits: a switch prints one of them. */
const hasOneVlanView = (line: string): boolean => [...line.matchAll(/\b(?:dl_vlan|vlan_vid|vlan_tci)=/g)].length <= 1

export const randomFlow: Text = fc
  .constantFrom(...protocolsOf)
  .chain(([words, own]) => {
    const fields = [...metadataFields, ...own]
    const isIp = /ip|tcp|udp|icmp|sctp|0x0?800|0x86dd/.test(words[0]!)
    const match = fc.tuple(fc.constantFrom(...words), matchesOf(metadataFields), own.length === 0 ? fc.constant([]) : matchesOf(own))
    return fc
      .tuple(settings, match, actionsOf(fields, isIp))
      .map(
        ([head, [word, left, right], actions]) =>
          `${[head, word, ...left, ...right].filter((text) => text !== '').join(',')} actions=${actions}`,
      )
  })
  .filter(hasOneVlanView)
