import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainUnparsed } from '../../explain/unparsed'
import { flowKey, type Flow } from '../../host/flow'
import { canonicalFlow } from './canonical-flow'
import { parseDumpFlows } from './dump-flows'

const flow = (text: string, ports?: ReadonlyMap<number, string>): Flow => {
  const result = canonicalFlow(text, 'br-int', ports)
  if (!result.ok) throw new Error(`${explainUnparsed(result.error.reason)}: ${result.error.text}`)
  return result.value
}
const actionsOf = (actions: string, match = '') => flow(`${match},actions=${actions}`).actions
const matchOf = (match: string) => flow(`${match},actions=drop`).match
const reasonOf = (text: string) => {
  const result = canonicalFlow(text, 'br-int')
  return result.ok ? null : explainUnparsed(result.error.reason)
}
const rendered = ({ cookie, table, priority, match, actions }: Flow) =>
  `cookie=${cookie},table=${table},priority=${priority}${match && `,${match}`},actions=${actions}`
const fixture = (name: string) => readFileSync(new URL(`../fixtures/ovs-3.1/${name}`, import.meta.url), 'utf8')

describe('canonicalFlow', () => {
  it('reads a dumped line whole', () => {
    const line =
      ' cookie=0xf24601eeb456e4b5, duration=5.411s, table=20, n_packets=7, n_bytes=84, hard_timeout=300, priority=1,vlan_tci=0x0001/0x0fff,dl_dst=fa:16:3e:da:ec:c3 actions=load:0->NXM_OF_VLAN_TCI[],load:0x5e3->NXM_NX_TUN_ID[],output:"vxlan-0a62000c"'
    expect(flow(line)).toEqual({
      bridge: 'br-int',
      table: 20,
      priority: 1,
      match: 'dl_dst=fa:16:3e:da:ec:c3,vlan_tci=0x0001/0x0fff',
      actions: 'load:0->NXM_OF_VLAN_TCI[],set_tunnel:0x5e3,output:vxlan-0a62000c',
      cookie: '0xf24601eeb456e4b5',
      owner: null,
      packets: 7,
      bytes: 84,
      hardTimeout: 300,
      durationS: 5.411,
    })
  })

  it('reads what we write, and fills in the defaults of ovs-ofctl', () => {
    expect(flow('in_port=qvo123,actions=resubmit(,25)')).toEqual({
      bridge: 'br-int',
      table: 0,
      priority: 32768,
      match: 'in_port=qvo123',
      actions: 'resubmit(,25)',
      cookie: '0x0',
      owner: null,
    })
  })

  it.each([
    ['resubmit(,58)', 'goto_table:58'],
    ['output:2', '2'],
    ['output:"patch-tun"', 'output:patch-tun'],
    ['strip_vlan', 'pop_vlan'],
    ['set_tunnel:26', 'load:0x1a->NXM_NX_TUN_ID[]'],
    ['set_tunnel:0x1a', 'set_field:0x1a->tun_id'],
    ['set_tunnel64:0x1a', 'set_field:26->tunnel_id'],
    ['drop', ''],
    ['mod_vlan_vid:3', 'push_vlan:0x8100,set_field:4099->vlan_vid'],
    ['mod_vlan_vid:3,NORMAL', 'push_vlan:33024,set_field:0x1003->vlan_vid,normal'],
    ['mod_vlan_pcp:4', 'push_vlan:0x8100,set_field:4->vlan_pcp'],
    ['mod_dl_src:FA:16:3E:00:00:01', 'set_field:fa:16:3e:0:0:1->eth_src'],
    ['load:0xfa163edaecc3->NXM_NX_ARP_SHA[]', 'set_field:fa:16:3e:da:ec:c3->arp_sha'],
    ['load:0xa00010c->NXM_OF_ARP_SPA[]', 'set_field:10.0.1.12->arp_spa'],
    ['load:2->NXM_OF_ARP_OP[]', 'set_field:2->arp_op'],
    ['load:0x3->NXM_NX_REG6[]', 'set_field:3->reg6'],
    ['load:0x1->NXM_NX_REG6[0..7]', 'set_field:0x1/0xff->reg6'],
    ['load:0x3->NXM_NX_REG4[4..7]', 'set_field:0x30/0xf0->reg4'],
    ['mod_nw_tos:32', 'set_field:8->ip_dscp'],
    ['mod_tp_src:80', 'set_field:80->udp_src'],
    ['mod_nw_src:1.2.3.4', 'set_field:1.2.3.4->ip_src'],
    ['move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]', 'move:OXM_OF_ETH_SRC[]->eth_dst[]'],
    ['CONTROLLER:65535', 'controller'],
    ['IN_PORT', 'in_port'],
    ['ct(commit,table=3,zone=5,nat(src=10.0.0.1))', 'ct(nat(src=10.0.0.1),zone=0x5,commit,table=3)'],
    ['ct(commit,exec(set_field:0x1->ct_mark))', 'ct(commit,exec(load:1->NXM_NX_CT_MARK[]))'],
    ['check_pkt_larger(1500)->NXM_NX_REG0[0],output:1', 'check_pkt_larger(1500)->NXM_NX_REG0[0], 1'],
    [
      'learn(table=20,hard_timeout=300,priority=1,cookie=0x7461,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_VLAN_TCI[],output:OXM_OF_IN_PORT[])',
      'learn(priority=1,cookie=29793,table=20,idle_timeout=0,hard_timeout=300, vlan_tci[0..11], eth_dst=eth_src[], load:0x0->vlan_tci[], output:in_port_oxm[])',
    ],
  ])('%s = %s', (left, right) => expect(actionsOf(right)).toBe(actionsOf(left)))

  it.each([
    ['a number that JavaScript cannot hold', '9007199254740992'],
    ['all ones, for "not counted"', '18446744073709551615'],
  ])('a counter is absent and the flow is there: %s', (_, counter) => {
    const line = `cookie=0x0, duration=9.1s, table=60, n_packets=30000000000000, n_bytes=${counter}, priority=3 actions=NORMAL`
    expect(flow(line)).toEqual({
      bridge: 'br-int',
      table: 60,
      priority: 3,
      match: '',
      actions: 'NORMAL',
      cookie: '0x0',
      owner: null,
      packets: 30_000_000_000_000,
      durationS: 9.1,
    })
    expect(flow(line.replace('n_packets=30000000000000', `n_packets=${counter}`))).not.toHaveProperty('packets')
    expect(flow(line.replace(counter, '9007199254740991'))).toHaveProperty('bytes', Number.MAX_SAFE_INTEGER)
  })

  // judged-by-ofctl.root.test.ts asks ovs-ofctl whether these mean the same.
  it.each([
    ['write_metadata:0x77/0xf0,goto_table:9', 'write_metadata:119/0xf0,goto_table:9'],
    ['output:2,clear_actions,goto_table:9', '2,clear_actions,goto_table:9'],
    [
      'learn(table=1,eth_type=0x800,nw_proto=17,NXM_OF_UDP_SRC[]=NXM_OF_UDP_DST[])',
      'learn(table=1,dl_type=0x0800,nw_proto=17,udp_src=udp_dst)',
    ],
    ['learn(table=1,load:OXM_OF_IN_PORT[]->NXM_NX_REG2[])', 'learn(table=1,load:in_port_oxm[]->reg2[])'],
    ['ct(table=4,zone=OXM_OF_IN_PORT[0..15])', 'ct(zone=OXM_OF_IN_PORT[0..15],table=4)'],
    ['load:0xffff->NXM_OF_IN_PORT[]', 'set_field:ANY->in_port'],
    ['set_field:patch-tun->in_port', 'set_field:"patch-tun"->in_port'],
    ['set_field:0x77->nsh_spi', 'load:119->NXOXM_NSH_SPI[]'],
    ['set_field:0x1->reg31', 'load:1->NXM_NX_REG31[]'],
  ])('actions %s = %s', (canonical, other) => {
    expect(actionsOf(canonical)).toBe(canonical)
    expect(actionsOf(other)).toBe(canonical)
  })

  it('reads parts of a VLAN id without the bit that says that there is a tag', () => {
    expect(actionsOf('load:0x5->OXM_OF_VLAN_VID[]', 'dl_vlan=101')).toBe('mod_vlan_vid:5')
    expect(actionsOf('move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[0..11]')).toBe('move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[]')
    expect(actionsOf('push:OXM_OF_VLAN_VID[]')).toBe('push:OXM_OF_VLAN_VID[]')
  })

  it('pushes a tag only where none is known to be', () => {
    expect(actionsOf('mod_vlan_vid:3', 'dl_vlan=101')).toBe('mod_vlan_vid:3')
    expect(actionsOf('set_field:4099->vlan_vid', 'dl_vlan=101')).toBe('mod_vlan_vid:3')
    expect(actionsOf('mod_vlan_vid:3', 'vlan_tci=0x0000/0x1fff')).toBe('push_vlan:0x8100,mod_vlan_vid:3')
    expect(actionsOf('strip_vlan,mod_vlan_vid:3', 'dl_vlan=101')).toBe('strip_vlan,push_vlan:0x8100,mod_vlan_vid:3')
    expect(actionsOf('load:0x1005->NXM_OF_VLAN_TCI[0..12],mod_vlan_pcp:3')).toBe('load:0x1005->NXM_OF_VLAN_TCI[0..12],mod_vlan_pcp:3')
    expect(actionsOf('load:0->NXM_OF_VLAN_TCI[],mod_vlan_vid:3', 'dl_vlan=101')).toBe(
      'load:0->NXM_OF_VLAN_TCI[],push_vlan:0x8100,mod_vlan_vid:3',
    )
    expect(actionsOf('mod_vlan_vid:3,mod_vlan_vid:4')).toBe('push_vlan:0x8100,mod_vlan_vid:3,mod_vlan_vid:4')
  })

  it.each([
    ['icmp6,icmp_type=136,in_port=4', 'dl_type=0x86dd,nw_proto=58,icmpv6_type=0x88,in_port=4', 'icmp6,icmp_type=136,in_port=4'],
    ['arp,dl_dst=FF:FF:FF:FF:FF:FF', 'eth_dst=ff:ff:ff:ff:ff:ff,eth_type=0x806', 'arp,dl_dst=ff:ff:ff:ff:ff:ff'],
    ['dl_vlan=0x65', 'vlan_tci=0x1065/0x1fff', 'dl_vlan=101'],
    ['dl_vlan=101', 'vlan_vid=4197', 'dl_vlan=101'],
    ['dl_vlan=0xffff', 'vlan_tci=0', 'vlan_tci=0x0000/0x1fff'],
    ['dl_vlan=5,dl_vlan_pcp=3', 'vlan_tci=0x7005', 'dl_vlan=5,dl_vlan_pcp=3'],
    ['vlan_tci=0x1000/0x1000', 'vlan_vid=0x1000/0x1000', 'vlan_tci=0x1000/0x1000'],
    ['ip,nw_dst=10.0.1.9/255.255.255.0', 'ip,ip_dst=10.0.1.0/24', 'ip,nw_dst=10.0.1.0/24'],
    ['ip,nw_proto=2', 'igmp', 'ip,nw_proto=2'],
    ['vlan_tci=0x0000/0x1000', 'vlan_vid=0/0x1000', 'vlan_tci=0x0000/0x1000'],
    ['ip,nw_tos=44', 'ip,ip_dscp=11', 'ip,nw_tos=44'],
    ['tcp,tcp_flags=ack|syn', 'tcp,tcp_flags=0x12', 'tcp,tcp_flags=syn|ack'],
    ['tcp,tcp_flags=0', 'tcp,tcp_flags=0x0', 'tcp,tcp_flags=0'],
    ['tun_metadata5', 'tun_metadata5', 'tun_metadata5'],
    ['gtpu_flags=0x30', 'tun_gtpu_flags=48', 'tun_gtpu_flags=0x30'],
    ['tun_erspan_hwid=0x9', 'tun_erspan_hwid=9', 'tun_erspan_hwid=0x9'],
    ['dl_type=0x894f,nsh_si=254', 'eth_type=0x894f,nsi=254', 'dl_type=0x894f,nsh_si=254'],
    ['xxreg7=0x5,reg31=3,xreg15=0x1', 'reg31=3,xreg15=1,xxreg7=5', 'reg31=0x3,xreg15=0x1,xxreg7=0x5'],
    ['tun_id=26', 'tunnel_id=0x1A', 'tun_id=0x1a'],
    ['ip,nw_src=0.0.0.0/0', 'ip', 'ip'],
    ['udp,udp_dst=67', 'ip,nw_proto=17,tp_dst=67', 'tp_dst=67,udp'],
    ['ct_state=+trk-new,ip', 'ip,ct_state=-new+trk', 'ct_state=-new+trk,ip'],
    ['tcp,tcp_flags=+syn-ack', 'tcp,tcp_flags=0x2/0x12', 'tcp,tcp_flags=+syn-ack'],
    ['in_port=LOCAL', 'in_port=65534', 'in_port=LOCAL'],
    ['in_port="qvo123"', 'in_port=qvo123', 'in_port=qvo123'],
    ['icmp6,nd_target=FE80:0:0::1', 'icmp6,nd_target=fe80::1', 'icmp6,nd_target=fe80::1'],
    [
      'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00',
      'dl_dst=ff:ff:ff:ff:ff:ff/01:00:00:00:00:00',
      'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00',
    ],
  ])('match %s = %s', (left, right, canonical) => {
    expect(matchOf(left)).toBe(canonical)
    expect(matchOf(right)).toBe(canonical)
  })

  it('names ports by the list it is given, and quotes a name that would be read as something else', () => {
    const ports = new Map([
      [4, 'qvo123'],
      [5, 'normal'],
      [6, '7'],
    ])
    expect(flow('in_port=4,actions=output:5,resubmit(6,1)', ports)).toMatchObject({
      match: 'in_port=qvo123',
      actions: 'output:"normal",resubmit("7",1)',
    })
  })

  it.each([
    ['priority=1,colour=red,actions=drop', 'Unknown key "colour"'],
    ['priority=1,constructor=1,actions=drop', 'Unknown key "constructor"'],
    ['priority=1,actions=fly', 'Unknown action "fly"'],
    ['priority=1,actions=toString', 'Unknown action "toString"'],
    ['priority=1,in_port=1', 'The flow has no actions'],
    ['table=1,table=2,actions=drop', '"table" is given twice'],
    ['dl_vlan=5000,actions=drop', '5000 is not a VLAN id'],
    ['actions=mod_vlan_vid:5000', '5000 does not fit in 12 bits'],
    ['actions=output:"open', 'A quoted name is not closed'],
    ['actions=learn(table=1', 'A bracket is not closed'],
    ['actions=learn(table=20,colour=red)', 'learn does not know "colour"'],
    ['actions=resubmit(,999)', '999 is not a table'],
    ['ip,nw_src=1.2.3,actions=drop', '"1.2.3" is not a number'],
  ])('%s: %s', (text, reason) => expect(reasonOf(text)).toBe(reason))

  it('points at what it does not understand', () => {
    const text = 'table=0,priority=9,in_port=1,actions=resubmit(,25),fly:3,output:2'
    const result = canonicalFlow(text, 'br-int')
    expect(result.ok ? '' : text.slice(result.error.span.start, result.error.span.end)).toBe('fly:3')
  })
})

const bridges = ['br-int', 'br-ens38', 'br-tun']

describe.each(bridges)('what was written to %s comes back equal', (bridge) => {
  const written = parseDumpFlows(fixture(`${bridge}.written.txt`), bridge)
  const bare = (flows: readonly Flow[]) =>
    flows
      .map(({ table, priority, match, actions, cookie, hardTimeout }) => ({ table, priority, match, actions, cookie, hardTimeout }))
      .sort((left, right) => flowKey({ bridge, ...left }).localeCompare(flowKey({ bridge, ...right })))

  it('is understood', () => expect(written.unparsed).toEqual([]))

  it.each(['of10', 'of13', 'of14', 'of15'])('read as %s', (version) => {
    const dumped = parseDumpFlows(fixture(`${bridge}.${version}.txt`), bridge)
    expect(dumped.unparsed).toEqual([])
    expect(bare(dumped.value)).toEqual(bare(written.value))
  })

  it('with port numbers and the list of ports', () => {
    const ports = new Map(
      [...fixture(`${bridge}.show.txt`).matchAll(/^ (\d+)\((.*)\):/gm)].map(([, number, name]) => [Number(number), name ?? '']),
    )
    const dumped = parseDumpFlows(fixture(`${bridge}.of14-numbers.txt`), bridge, ports)
    expect(dumped.unparsed).toEqual([])
    expect(bare(dumped.value)).toEqual(bare(written.value))
  })

  it('canonical text is canonical', () => {
    for (const observed of written.value) {
      expect(flow(rendered(observed))).toMatchObject({ match: observed.match, actions: observed.actions, cookie: observed.cookie })
    }
  })
})

describe('laws', () => {
  const lines = bridges.flatMap((bridge) =>
    ['of10', 'of13', 'of14'].flatMap((version) => fixture(`${bridge}.${version}.txt`).trim().split('\n')),
  )

  it('arbitrary text never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => void canonicalFlow(text, 'br-int')))
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcdeflnoprstu_()[]=:,"0123. />-'), maxLength: 200 }),
        (text) => void canonicalFlow(`actions=${text}`, 'br-int'),
      ),
      { numRuns: 500 },
    )
  })

  it('a damaged line never throws, and what is accepted is canonical on the second reading', () => {
    const damage = fc.record({ line: fc.constantFrom(...lines), at: fc.nat(400), cut: fc.nat(6), put: fc.string({ maxLength: 6 }) })
    fc.assert(
      fc.property(damage, ({ line, at, cut, put }) => {
        const result = canonicalFlow(line.slice(0, at) + put + line.slice(at + cut), 'br-int')
        if (!result.ok) return
        expect(flow(rendered(result.value))).toMatchObject({ match: result.value.match, actions: result.value.actions })
      }),
      { numRuns: 1500 },
    )
  })

  it.each([
    ['deep nesting', `actions=${'clone('.repeat(50_000)}${')'.repeat(50_000)}`],
    ['a long value', `actions=note:${'00.'.repeat(200_000)}`],
    ['a huge number', `tun_id=${'9'.repeat(100_000)},actions=drop`],
    ['many terms', `${'arp,'.repeat(60_000)}actions=drop`],
    ['control characters', 'in_port="\u0000\u001b[2J",actions=\u0007'],
  ])('hostile input is bounded: %s', (_, text) => {
    expect(canonicalFlow(text, 'br-int').ok).toBe(false)
  })
})
