import { describe, expect, it } from 'vitest'
import { cookieOf } from '../../naming'
import { echoRequest, type Frame, type Transport } from '../frame'
import { bridgeOf, patchOf, portOf, switchOf, type Sketch } from './testing/switch-of'
import { traceSwitch } from './trace-switch'
import type { BridgeVisit } from './visit'

const [a, b] = [
  { mac: '02:00:00:00:00:01', ip: '10.0.0.1' },
  { mac: '02:00:00:00:00:02', ip: '10.0.0.2' },
]
const ping = echoRequest(a, b)
const tagged = (...ids: readonly number[]): Frame => ({ ...ping, vlans: ids.map((vlanId) => ({ tpid: 0x8100, vlanId, pcp: 0 })) })
const firstOf = (transport: Transport, protocol: number): Frame => ({
  ...ping,
  payload: { ...ping.payload, fragment: 'first', protocol, transport } as Frame['payload'],
})
const ports = ['p1', 'p2', 'p3'].map((name, index) => portOf('br', name, { interface: { ofport: index + 1 } }))

const tunnels = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    portOf('br', `vx${index}`, { interface: { type: 'vxlan', ofport: 100 + index, options: { remote_ip: `192.0.2.${index}`, key: '7' } } }),
  )

const trace = (flows: readonly string[], frame: Frame = ping, more: Partial<Sketch> = {}): BridgeVisit =>
  traceSwitch(switchOf({ ports, flows: { br: flows }, ...more }), { bridge: 'br', port: 'p1', frame })

/** `p2:3.5` is the port with its VLAN ids, `p2` untagged. */
const left = ({ outputs }: BridgeVisit): string[] =>
  outputs.map(({ port, frame }) => [port, ...frame.vlans.map((tag) => tag.vlanId)].join(':').replace(/:(\d+):/, ':$1.'))

describe('a frame leaves as Open vSwitch 3.1 sends it', () => {
  it.each<[string, readonly string[], Frame, string[]]>([
    [
      'a written address is matched in the next table',
      [
        'table=0,ip,actions=mod_nw_dst:10.0.0.9,resubmit(,1)',
        'table=1,priority=9,ip,nw_dst=10.0.0.9,actions=output:2',
        'table=1,priority=1,actions=drop',
      ],
      ping,
      ['p2'],
    ],
    [
      'resubmit with a port changes what in_port is',
      ['table=0,actions=resubmit(7,1)', 'table=1,priority=9,in_port=7,actions=output:2', 'table=1,priority=1,actions=drop'],
      ping,
      ['p2'],
    ],
    [
      'a moved field is matched',
      [
        'table=0,actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],resubmit(,1)',
        'table=1,priority=9,dl_dst=02:00:00:00:00:01,actions=output:2',
      ],
      ping,
      ['p2'],
    ],
    ['not back to the port it came by', ['table=0,actions=output:p1'], ping, []],
    ['back when told IN_PORT', ['table=0,actions=IN_PORT'], ping, ['p1']],
    [
      'a part of the TCI is loaded',
      ['table=0,vlan_tci=0x1000/0x1000,actions=load:0x5->NXM_OF_VLAN_TCI[0..11],output:2'],
      tagged(3),
      ['p2:5'],
    ],
    ['FLOOD is every other port, the bridge itself too', ['table=0,actions=FLOOD'], ping, ['p2', 'p3', 'LOCAL']],
    [
      'goes on behind a resubmit',
      ['table=0,actions=resubmit(,5),strip_vlan,output:3', 'table=5,actions=mod_vlan_vid:9,output:2'],
      ping,
      ['p2:9', 'p3'],
    ],
    ['exit ends all tables', ['table=0,actions=resubmit(,5),output:3', 'table=5,actions=output:2,exit'], ping, ['p2']],
    [
      'the action set comes last, and only its last output counts',
      [
        'table=0,dl_vlan=3,actions=output:3,write_actions(output:3,mod_vlan_vid:7),write_actions(output:2),goto_table:1',
        'table=1,actions=drop',
      ],
      tagged(3),
      ['p3:3', 'p2:7'],
    ],
    ['an action set without output does nothing', ['table=0,actions=write_actions(mod_dl_dst:02:00:00:00:00:09)'], ping, []],
    ['clear_actions', ['table=0,actions=write_actions(output:2),goto_table:1', 'table=1,actions=clear_actions'], ping, []],
    ['clone keeps its changes to itself', ['table=0,actions=clone(mod_vlan_vid:9,output:2),output:3'], ping, ['p2:9', 'p3']],
    ['a register names the port', ['table=0,actions=load:0x2->NXM_NX_REG7[],output:NXM_NX_REG7[0..15]'], ping, ['p2']],
    [
      'xreg0 is reg0 and reg1',
      ['table=0,actions=load:0x1->NXM_NX_REG0[],load:0x2->NXM_NX_REG1[],resubmit(,1)', 'table=1,xreg0=0x100000002,actions=output:3'],
      ping,
      ['p3'],
    ],
    [
      'a stack',
      ['table=0,actions=push:NXM_OF_ETH_DST[],pop:NXM_OF_ETH_SRC[],resubmit(,1)', 'table=1,dl_src=02:00:00:00:00:02,actions=output:2'],
      ping,
      ['p2'],
    ],
    [
      'dec_ttl ends its list at 1',
      ['table=0,actions=resubmit(,1),output:3', 'table=1,actions=dec_ttl,output:2'],
      { ...ping, payload: { ...ping.payload, ttl: 1 } as Frame['payload'] },
      ['p3'],
    ],
    [
      'a conjunction needs all of its clauses',
      [
        'table=0,priority=9,ip,nw_src=10.0.0.1,actions=conjunction(5,1/2)',
        'table=0,priority=9,ip,nw_dst=10.0.0.2,actions=conjunction(5,2/2)',
        'table=0,priority=9,conj_id=5,ip,actions=output:2',
        'table=0,priority=1,actions=output:3',
      ],
      ping,
      ['p2'],
    ],
    [
      'a clause that is not met',
      [
        'table=0,priority=9,ip,nw_src=10.0.0.1,actions=conjunction(5,1/2)',
        'table=0,priority=9,ip,nw_dst=10.0.0.7,actions=conjunction(5,2/2)',
        'table=0,priority=9,conj_id=5,ip,actions=output:2',
        'table=0,priority=1,actions=output:3',
      ],
      ping,
      ['p3'],
    ],
    [
      'a clause inside a clone is none',
      ['table=0,priority=9,actions=clone(conjunction(5,1/2)),output:2', 'table=0,priority=1,actions=output:3'],
      ping,
      ['p2'],
    ],
    [
      'a clause beside a note is one',
      ['table=0,priority=9,actions=note:01.02,conjunction(5,1/2)', 'table=0,priority=1,actions=output:3'],
      ping,
      ['p3'],
    ],
    [
      'a whole list of TCP flags is exact',
      ['table=0,priority=9,tcp,tcp_flags=0x010,actions=output:2', 'table=0,priority=8,tcp,tcp_flags=0x012,actions=output:3'],
      {
        ...ping,
        payload: {
          ...ping.payload,
          protocol: 6,
          transport: { kind: 'tcp', sourcePort: 1, destinationPort: 2, flags: 0x012 },
        } as Frame['payload'],
      },
      ['p3'],
    ],
    [
      'a moved VLAN id is no tag by itself',
      [
        'table=0,actions=load:0x9->NXM_NX_REG0[],move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[],resubmit(,1)',
        'table=1,priority=9,vlan_tci=0x1000/0x1000,actions=output:3',
        'table=1,vlan_tci=0x0009/0x0fff,actions=output:2',
      ],
      ping,
      ['p2'],
    ],
    [
      'a moved VLAN id of a tagged frame',
      ['table=0,actions=load:0x9->NXM_NX_REG0[],move:NXM_NX_REG0[0..11]->OXM_OF_VLAN_VID[],output:2'],
      tagged(3),
      ['p2:9'],
    ],
    [
      'the two low bits of nw_tos are not its own',
      [
        'table=0,ip,actions=load:0x3->NXM_OF_IP_TOS[0..1],push:NXM_NX_REG0[0..7],pop:NXM_OF_IP_TOS[],move:NXM_OF_IP_TOS[0..1]->NXM_NX_REG1[0..1],resubmit(,1)',
        'table=1,priority=9,ip,nw_ecn=1,nw_tos=0,reg1=0,actions=output:2',
        'table=1,priority=1,actions=output:3',
      ],
      { ...ping, payload: { ...ping.payload, tos: 33 } as Frame['payload'] },
      ['p2'],
    ],
    [
      'a first fragment has flags, and no ports for the tables',
      ['table=0,priority=9,tcp,tp_dst=80,actions=output:3', 'table=0,priority=8,tcp,tcp_flags=+syn,actions=output:2'],
      firstOf({ kind: 'tcp', sourcePort: 1, destinationPort: 80, flags: 2 }, 6),
      ['p2'],
    ],
    [
      'but for what reads them',
      ['table=0,udp,actions=move:NXM_OF_UDP_DST[]->NXM_NX_REG0[0..15],resubmit(,1)', 'table=1,reg0=53,actions=output:3'],
      firstOf({ kind: 'udp', sourcePort: 1, destinationPort: 53 }, 17),
      ['p3'],
    ],
    [
      'a whole connection state is exact',
      [
        'table=0,ip,ct_state=0,actions=ct(table=1)',
        'table=1,priority=9,ip,ct_state=0x20,actions=output:2',
        'table=1,priority=8,ip,ct_state=0x21,actions=output:3',
      ],
      ping,
      ['p3'],
    ],
    ['NORMAL from no port floods to all', ['table=0,actions=load:0xffff->NXM_OF_IN_PORT[],NORMAL'], ping, ['p1', 'p2', 'p3', 'LOCAL']],
    ['NORMAL from the controller too', ['table=0,actions=load:0xfffd->NXM_OF_IN_PORT[],NORMAL'], ping, ['p1', 'p2', 'p3', 'LOCAL']],
    [
      'set_field on a field that the packet lacks',
      ['table=0,priority=9,actions=mod_nw_dst:10.0.0.9,output:2'],
      { ...ping, payload: { kind: 'other', etherType: 0x88cc } },
      ['p2'],
    ],
  ])('%s', (_, flows, frame, expected) => expect(left(trace(flows, frame))).toEqual(expected))

  it('keeps both tags of a pushed one', () => {
    const desired = portsWithoutNumbers
    const flows = ['table=0,actions=push_vlan:0x8100,mod_vlan_vid:9,output:p2,strip_vlan,output:p3']
    expect(left(trace(flows, tagged(3), { ports: desired }))).toEqual(['p2:9.3', 'p3:3'])
  })

  it('takes what stands behind a tag of VLAN 0 off with it where NORMAL does', () => {
    const flows = ['table=0,actions=push_vlan:0x88a8,NORMAL']
    expect(left(trace(flows, tagged(3)))).toEqual(['p2', 'p3', 'LOCAL'])
  })

  it('is in doubt where a host prints push_vlan for mod_vlan_vid', () => {
    const visit = trace(['table=0,actions=push_vlan:0x8100,mod_vlan_vid:9,output:p2'], tagged(3))
    expect(visit.end).toMatchObject({ kind: 'unknown', code: 'push-or-rewrite' })
    expect(left(trace(['table=0,actions=push_vlan:0x8100,mod_vlan_vid:9,output:p2']))).toEqual(['p2:9'])
  })

  it('knows of a flow of ours that it pushes', () => {
    const flow = `table=0,cookie=${cookieOf({ kind: 'port', id: '0a1b2c3d-0000-4000-8000-000000000001' })},actions=push_vlan:0x8100,mod_vlan_vid:9,output:p2`
    expect(left(trace([flow], tagged(3)))).toEqual(['p2:9.3'])
  })

  it('writes the ports of a first fragment, which the tables see as 0', () => {
    const first: Frame = {
      ...ping,
      payload: {
        ...ping.payload,
        protocol: 17,
        fragment: 'first',
        transport: { kind: 'udp', sourcePort: 5, destinationPort: 6 },
      } as Frame['payload'],
    }
    const visit = trace(['table=0,priority=9,udp,tp_dst=0,actions=load:0x50->NXM_OF_UDP_SRC[],output:p2'], first)
    expect(visit.outputs[0]?.frame.payload).toMatchObject({ transport: { sourcePort: 80, destinationPort: 6 } })
    const flows = [
      'table=0,actions=load:0x50->NXM_OF_UDP_SRC[],resubmit(,1)',
      'table=1,priority=9,udp,tp_src=80,actions=output:p3',
      'table=1,actions=output:p2',
    ]
    expect(
      left(
        trace(
          flows.map((flow) => flow.replace('table=0,', 'table=0,udp,')),
          first,
        ),
      ),
    ).toEqual(['p2'])
  })

  it('tells of each flow what that flow changed', () => {
    const visit = trace(['table=0,actions=resubmit(,1),output:p2', 'table=1,actions=mod_nw_dst:10.0.0.9'])
    expect(visit.causes.map((cause) => cause.kind === 'flow' && cause.changed !== null)).toEqual([false, true])
  })

  it('gives a tunnel what the flow wrote', () => {
    const vxlan = portOf('br', 'vx', { interface: { type: 'vxlan', ofport: 4, options: { remote_ip: '192.0.2.2', key: 'flow' } } })
    const visit = trace(['table=0,actions=load:0x5->NXM_NX_TUN_ID[0..31],output:4'], ping, { ports: [...ports, vxlan] })
    expect(visit.outputs).toMatchObject([{ port: 'vx', kind: 'tunnel', tunnel: { tunnelId: 5, source: null, destination: '192.0.2.2' } }])
  })

  it('takes the key and the address of a port that fixes them, and the flow’s where it says so', () => {
    const vxlan = portOf('br', 'vx', {
      interface: { type: 'vxlan', ofport: 4, options: { remote_ip: 'flow', out_key: '77', local_ip: '192.0.2.1' } },
    })
    const send = (flow: string) => trace([flow], ping, { ports: [...ports, vxlan] })
    expect(send('table=0,actions=set_tunnel:0x5,set_field:192.0.2.9->tun_dst,output:4').outputs).toMatchObject([
      { tunnel: { tunnelId: 77, source: '192.0.2.1', destination: '192.0.2.9' } },
    ])
    expect(send('table=0,actions=output:4').end).toMatchObject({ code: 'no-vtep' })
  })
})

// Each as `ofproto/trace` of Open vSwitch 3.1 has it.
describe('the key of a tunnel', () => {
  const tunnel = (name: string, ofport: number, options: Readonly<Record<string, string>>, type = 'vxlan') =>
    portOf('br', name, { interface: { type, ofport, options: { remote_ip: '192.0.2.2', ...options } } })
  const keys = (flow: string, ...more: readonly ReturnType<typeof tunnel>[]) =>
    trace([flow], ping, { ports: [...ports, ...more] }).outputs.map(({ tunnel }) => tunnel?.tunnelId)

  it.each([
    ['010', 8],
    ['0x1F', 31],
    ['31', 31],
    ['0', 0],
    ['0x1000007', 7],
    ['7x', 7],
    ['none', 0],
  ] as const)('%s is %s', (key, expected) => expect(keys('table=0,actions=output:4', tunnel('vx', 4, { key }))).toEqual([expected]))
  it.each([
    ['vxlan', 7],
    ['geneve', 7],
    ['gre', 0x1000007],
  ])('has room for some bits in %s', (type, expected) =>
    expect(keys('table=0,actions=set_tunnel64:0x501000007,output:4', tunnel('tn', 4, { key: 'flow' }, type))).toEqual([expected]),
  )
  it('stays behind where the output was lost', () =>
    expect(
      keys('table=0,actions=output:4,output:5', tunnel('lost', 4, { remote_ip: 'flow', out_key: '8' }), tunnel('vx', 5, { key: 'flow' })),
    ).toEqual([8]))
})

const portsWithoutNumbers = ['p1', 'p2', 'p3'].map((name) => portOf('br', name))

describe('a match', () => {
  it.each<[string, Frame, boolean]>([
    ['', ping, true],
    ['dl_vlan=3', tagged(3), true],
    ['dl_vlan=3', ping, false],
    ['dl_vlan=0xffff', ping, true],
    ['dl_vlan=3,dl_vlan_pcp=0', tagged(3), true],
    ['dl_vlan=3,dl_vlan_pcp=1', tagged(3), false],
    ['vlan_tci=0x0000/0x1fff', ping, true],
    ['vlan_tci=0x0000/0x1fff', tagged(3), false],
    ['vlan_tci=0x0003/0x0fff', tagged(3), true],
    ['vlan_tci=0x1000/0x1000', tagged(9), true],
    ['dl_dst=01:00:00:00:00:00/01:00:00:00:00:00', ping, false],
    ['dl_dst=01:00:00:00:00:00/01:00:00:00:00:00', { ...ping, destinationMac: 'ff:ff:ff:ff:ff:ff' }, true],
    ['ip,nw_src=10.0.0.0/24', ping, true],
    ['ip,nw_src=10.0.2.0/24', ping, false],
    ['ip,nw_src=0.0.0.0/0', ping, true],
    ['icmp,icmp_type=8', ping, true],
    ['icmp6,icmp_type=136', ping, false],
    ['udp,tp_dst=67', ping, false],
    ['arp', ping, false],
    ['in_port=p1', ping, true],
    ['in_port=p2', ping, false],
    ['in_port=no-such-port', ping, false],
    ['in_port=LOCAL', ping, false],
    ['ct_state=-trk,ip', ping, true],
    ['ct_state=+trk,ip', ping, false],
    ['reg6=0x1', ping, false],
    ['reg6=0', ping, true],
    ['ip,nw_frag=no', ping, true],
    ['ip,nw_frag=yes', ping, false],
    ['ip,nw_tos=32', { ...ping, payload: { ...ping.payload, tos: 33 } as Frame['payload'] }, true],
    ['dl_type=0x8100', tagged(3, 5), true],
    ['ip', tagged(3, 5), false],
    ['tun_id=0', ping, true],
  ])('%s', (match, frame, isHit) => {
    const visit = trace(
      [`table=0,priority=9,${match === '' ? '' : `${match},`}actions=output:2`, 'table=0,priority=1,actions=output:3'],
      frame,
      { vlanLimit: 1 },
    )
    expect(visit.outputs.map(({ port }) => port)).toEqual([isHit ? 'p2' : 'p3'])
    expect(visit.end).toBeNull()
  })
})

describe('never certain and wrong', () => {
  it.each<[string, readonly string[], Partial<Sketch>, string]>([
    [
      'a match on what nobody knows',
      ['table=0,priority=9,pkt_mark=0x1,actions=output:2', 'table=0,priority=1,actions=output:3'],
      {},
      'not-understood',
    ],
    [
      'a match on a field that is not modelled',
      ['table=0,priority=9,tun_metadata0=0x1,actions=output:2', 'table=0,priority=1,actions=output:3'],
      {},
      'not-understood',
    ],
    [
      'two flows of one priority',
      ['table=0,priority=9,ip,actions=output:2', 'table=0,priority=9,dl_dst=02:00:00:00:00:02,actions=output:3'],
      {},
      'not-understood',
    ],
    ['an action that is not modelled', ['table=0,actions=bundle(eth_src,0,hrw,ofport,members:2,3)'], {}, 'not-understood'],
    ['in_port written by its other name', ['table=0,actions=load:0x2->OXM_OF_IN_PORT[],output:1,output:2'], {}, 'not-understood'],
    ['in_port moved to by its other name', ['table=0,actions=move:NXM_NX_REG0[]->OXM_OF_IN_PORT[],output:2'], {}, 'not-understood'],
    [
      'a conjunction of an old connection',
      [
        'table=0,ip,actions=ct(table=1)',
        'table=1,priority=9,ct_state=+est,ip,nw_src=10.0.0.1,actions=conjunction(5,1/2)',
        'table=1,priority=9,ip,nw_dst=10.0.0.2,actions=conjunction(5,2/2)',
        'table=1,priority=9,conj_id=5,ip,actions=output:2',
        'table=1,priority=1,actions=drop',
      ],
      {},
      'connection-state',
    ],
    [
      'a conjunction of a new connection',
      [
        'table=0,ip,actions=ct(table=1)',
        'table=1,priority=9,ct_state=+new,ip,nw_src=10.0.0.1,actions=conjunction(5,1/2)',
        'table=1,priority=9,ip,nw_dst=10.0.0.2,actions=conjunction(5,2/2)',
        'table=1,priority=9,conj_id=5,ip,actions=output:2',
        'table=1,priority=1,actions=drop',
      ],
      {},
      'connection-state',
    ],
    ['a group that was not read', ['table=0,actions=group:1'], {}, 'unread'],
    ['flows that were not read', [], { unread: { br: 'it does not answer' } }, 'flows-unread'],
    ['a second tag, when nobody told how many are parsed', ['table=0,actions=output:2'], { vlanLimit: undefined }, 'unread'],
    [
      'a connection',
      [
        'table=0,ip,ct_state=-trk,actions=ct(table=1)',
        'table=1,priority=9,ct_state=+est,ip,actions=output:2',
        'table=1,priority=1,actions=output:3',
      ],
      {},
      'connection-state',
    ],
  ])('%s', (_, flows, more, code) => {
    const frame = code === 'unread' && 'vlanLimit' in more ? tagged(3, 5) : ping
    expect(trace(flows, frame, more).end).toMatchObject({ kind: 'unknown', code })
  })

  const group: Frame = { ...ping, destinationMac: '01:00:5e:01:01:01' }
  const learned = { br: [{ port: 'p2', vlan: 0, macAddress: b.mac }] }
  it.each<[string, Parameters<typeof bridgeOf>[1], readonly string[], Frame, string | null]>([
    ['a mirror', { unmodelled: ['mirrors'] }, ['table=0,actions=output:2'], ping, 'mirrors'],
    ['STP', { unmodelled: ['stp_enable'] }, ['table=0,actions=output:2'], ping, 'stp_enable'],
    [
      'a controller that may be away',
      { failMode: 'standalone', controllers: ['tcp:127.0.0.1:6633'] },
      ['table=0,actions=output:2'],
      ping,
      'controller',
    ],
    [
      'a controller, where that does not matter',
      { failMode: 'secure', controllers: ['tcp:127.0.0.1:6633'] },
      ['table=0,actions=output:2'],
      ping,
      null,
    ],
    ['groups that were heard of', { unmodelled: ['mcast_snooping_enable'] }, ['table=0,actions=NORMAL'], group, 'mcast_snooping_enable'],
    ['groups, where one host is meant', { unmodelled: ['mcast_snooping_enable'] }, ['table=0,actions=NORMAL'], ping, null],
    ['a MAC in a VLAN that may be flooded', { unmodelled: ['flood_vlans'] }, ['table=0,actions=NORMAL'], ping, 'flood_vlans'],
    ['a group in such a VLAN', { unmodelled: ['flood_vlans'] }, ['table=0,actions=NORMAL'], group, null],
  ])('%s', (_, patch, flows, frame, about) => {
    const { end } = trace(flows, frame, { bridges: [bridgeOf('br', patch)], ovsMacs: learned })
    expect(end && 'params' in end ? end.params['about'] : null).toBe(about)
  })

  it.each<[string, string | null]>([
    ['NORMAL', 'NORMAL'],
    ['LOCAL', 'LOCAL'],
    ['3', '3'],
    ['normal', null],
    ['in_port', null],
    ['0x2', null],
    ['a b', null],
    ['x'.repeat(60), null],
  ])('a port called %s', (name, about) => {
    const { end, outputs } = trace([`table=0,actions=output:${JSON.stringify(name)}`], ping, {
      ports: [...ports.slice(0, 2), portOf('br', name, { interface: { ofport: 4 } })],
    })
    expect(end && 'params' in end ? end.params['about'] : null).toBe(about)
    if (about === null) expect(outputs.map(({ port }) => port)).toEqual([name])
  })

  it('does not say what becomes of a rewritten ARP of operation 0', () => {
    const arp: Frame = {
      ...ping,
      payload: { kind: 'arp', operation: 1, senderMac: a.mac, senderIp: a.ip, targetMac: b.mac, targetIp: b.ip },
    }
    expect(trace(['table=0,arp,actions=set_field:0->arp_op,output:2'], arp).end).toMatchObject({
      code: 'outside-model',
      params: { about: 'nw_proto=0' },
    })
  })

  it('is not troubled by flows that cannot win', () => {
    const flows = [
      'table=0,priority=9,ip,actions=output:2',
      'table=0,priority=1,pkt_mark=0x1,actions=output:3',
      'table=0,priority=9,arp,actions=output:3',
    ]
    expect(trace(flows)).toMatchObject({ end: null })
    expect(left(trace(flows))).toEqual(['p2'])
  })

  it('follows a new connection, and says that it is one', () => {
    const flows = [
      'table=0,ip,ct_state=-trk,actions=ct(table=1,zone=5)',
      'table=1,priority=9,ct_state=+new+trk,ct_zone=5,ip,actions=ct(commit,zone=5),output:2',
    ]
    expect(left(trace(flows))).toEqual(['p2'])
    // Nothing depends on it where no flow asks.
    expect(trace(['table=0,actions=ct(table=1)', 'table=1,actions=output:2']).end).toBeNull()
    expect(trace(['table=0,actions=ct(table=1)', 'table=1,ct_state=+trk,actions=output:2']).end).toBeNull()
  })

  it('ends a loop as Open vSwitch does, and nothing of it leaves', () => {
    const visit = trace(['table=0,actions=output:2,resubmit(,0)'])
    expect(visit).toMatchObject({ outputs: [], end: { kind: 'dropped', code: 'too-deep' } })
  })
})

describe('groups', () => {
  const bucket = (actions: string, watchPort: string | null = null) => ({ weight: 1, actions, watchPort })
  const group = (type: 'all' | 'select' | 'indirect' | 'ff', ...buckets: ReturnType<typeof bucket>[]): Partial<Sketch> => ({
    groups: { br: [{ id: 1, type, buckets }] },
  })
  const flows = ['table=0,actions=group:1']

  it('all: every bucket, each on its own copy', () =>
    expect(left(trace(flows, ping, group('all', bucket('push_vlan:0x8100,mod_vlan_vid:9,output:2'), bucket('output:3'))))).toEqual([
      'p2:9',
      'p3',
    ]))
  it('select: alternatives', () => {
    const { outputs } = trace(flows, ping, group('select', bucket('output:2'), bucket('output:3')))
    expect(outputs.map(({ port, alternative }) => [port, alternative])).toEqual([
      ['p2', 1],
      ['p3', 1],
    ])
    expect(trace(flows, ping, group('select', bucket('output:2'))).outputs).toMatchObject([{ port: 'p2', alternative: null }])
  })
  it('ff: the first that lives', () => {
    const states = [
      portOf('br', 'p1'),
      portOf('br', 'p2', { interface: { linkState: 'down' } }),
      portOf('br', 'p3', { interface: { linkState: 'up' } }),
    ]
    expect(left(trace(flows, ping, { ports: states, ...group('ff', bucket('output:p2', 'p2'), bucket('output:p3', 'p3')) }))).toEqual([
      'p3',
    ])
  })
  it('ff: watches a port whose name is quoted', () => {
    const states = [...ports, portOf('br', 'a b', { interface: { ofport: 9, linkState: 'up' } })]
    expect(left(trace(flows, ping, { ports: states, ...group('ff', bucket('output:"a b"', '"a b"'), bucket('output:p3')) }))).toEqual([
      'a b',
    ])
  })
  it('sets a VLAN id on an untagged frame, which in a flow a push goes before', () =>
    expect(left(trace(flows, ping, group('indirect', bucket('mod_vlan_vid:9,output:2'))))).toEqual(['p2:9']))
  it('a group that is not there ends its list', () =>
    expect(trace(flows, ping, { groups: { br: [] } })).toMatchObject({ outputs: [], end: { kind: 'dropped' } }))
})

describe('ports that are told what not to do', () => {
  const flagged = (port: string, flag: string): Partial<Sketch> => ({ portFlags: { br: [{ port, flags: [flag] }] } })
  const guarded = (...names: readonly string[]): Partial<Sketch> => ({
    ports: ports.map((port) => (names.includes(port.name) ? { ...port, isProtected: true } : port)),
  })
  const [normal, flood, all, back] = [
    'table=0,actions=NORMAL',
    'table=0,actions=FLOOD',
    'table=0,actions=ALL',
    'table=0,actions=IN_PORT,output:2',
  ]
  const bpdu: Frame = { ...ping, destinationMac: '01:80:c2:00:00:00', payload: { kind: 'other', etherType: 0x05ff } }

  // Each as `ofproto/trace` of Open vSwitch 3.1 has it.
  it.each<[string, string, Partial<Sketch>, string[], string | null]>([
    ['NO_RECV', normal, flagged('p1', 'NO_RECV'), [], 'port-flag'],
    ['NO_RECV at another port', normal, flagged('p2', 'NO_RECV'), ['p2', 'p3', 'LOCAL'], null],
    ['NO_RECV_STP, which is not for all frames', normal, flagged('p1', 'NO_RECV_STP'), ['p2', 'p3', 'LOCAL'], null],
    ['NO_FWD', normal, flagged('p2', 'NO_FWD'), ['p3', 'LOCAL'], null],
    ['NO_FWD, named by a flow', 'table=0,actions=output:2', flagged('p2', 'NO_FWD'), [], 'port-flag'],
    ['NO_FLOOD, when NORMAL floods', normal, flagged('p2', 'NO_FLOOD'), ['p3', 'LOCAL'], null],
    [
      'NO_FLOOD, where the MAC was learned',
      normal,
      { ...flagged('p2', 'NO_FLOOD'), ovsMacs: { br: [{ port: 'p2', vlan: 0, macAddress: b.mac }] } },
      ['p2'],
      null,
    ],
    ['NO_FLOOD and FLOOD', flood, flagged('p2', 'NO_FLOOD'), ['p3', 'LOCAL'], null],
    ['NO_FLOOD and ALL', all, flagged('p2', 'NO_FLOOD'), ['p2', 'p3', 'LOCAL'], null],
    ['protected at both ends', normal, guarded('p1', 'p2'), ['p3', 'LOCAL'], null],
    ['protected at one end', normal, guarded('p2', 'p3'), ['p2', 'p3', 'LOCAL'], null],
    ['protected, named by a flow', 'table=0,actions=output:2', guarded('p1', 'p2'), [], 'protected-ports'],
    ['protected, and back', back, guarded('p1'), ['p2'], null],
    [
      'protected, of a port that a flow says it came by',
      'table=0,actions=load:0x3->NXM_OF_IN_PORT[],output:2',
      guarded('p1', 'p2'),
      ['p2'],
      null,
    ],
  ])('%s', (_, flow, more, expected, code) => {
    const visit = trace([flow], ping, more)
    expect(left(visit)).toEqual(expected)
    expect(visit.end?.kind === 'dropped' ? visit.end.code : null).toBe(code)
  })
  it('NO_RECV_STP is for STP, and NO_RECV is not', () => {
    const stp = ['table=0,actions=output:2']
    expect([trace(stp, bpdu, flagged('p1', 'NO_RECV_STP')).end, left(trace(stp, bpdu, flagged('p1', 'NO_RECV')))]).toMatchObject([
      { code: 'port-flag' },
      ['p2'],
    ])
  })
  it('a bond is flooded to by none of its devices when one wants none', () => {
    const bonded = [
      portOf('br', 'p1', { interface: { ofport: 1 } }),
      portOf('br', 'bond', {
        interface: { ofport: 2 },
        members: [
          { name: 'eth1', ofport: 2 },
          { name: 'eth2', ofport: 3 },
        ],
      }),
    ]
    expect(left(trace([normal], ping, { ports: bonded, ...flagged('eth2', 'NO_FLOOD') }))).toEqual(['LOCAL'])
  })
  it('says of a bridge that nobody asked for flags that nobody did', () =>
    expect(trace([normal], ping, { portFlags: {} }).causes).toContainEqual({ kind: 'port-flags-unread', ref: 'br' }))
  it('a dot1q-tunnel port takes its customers’ VLANs only, in and out', () => {
    const tunnel = portOf('br', 'q1', { tag: 5, vlanMode: 'dot1q-tunnel', cvlans: [3], interface: { ofport: 1 } })
    const other = portOf('br', 'q2', { tag: 5, vlanMode: 'dot1q-tunnel', cvlans: [3, 4], interface: { ofport: 2 } })
    const from = (port: string, vlan: number) =>
      left(traceSwitch(switchOf({ ports: [tunnel, other], flows: { br: [normal] } }), { bridge: 'br', port, frame: tagged(vlan) }))
    expect([from('q1', 3), from('q1', 4), from('q2', 4)]).toEqual([['q2:3', 'LOCAL:5.3'], [], ['LOCAL:5.4']])
  })
})

describe('more than is followed', () => {
  it.each<[string, Partial<Sketch>, string]>([
    [
      'two floods round a loop of patch ports',
      { ports: [...ports, patchOf('br', 'x', 'y'), patchOf('br', 'y', 'x')], flows: { br: ['table=0,actions=NORMAL,NORMAL'] } },
      'too-many',
    ],
    [
      'a flood round it',
      { ports: [...ports, patchOf('br', 'x', 'y'), patchOf('br', 'y', 'x')], flows: { br: ['table=0,actions=NORMAL'] } },
      '',
    ],
    [
      'a table after a flood to many tunnels',
      { ports: [...ports, ...tunnels(150)], flows: { br: ['table=0,actions=FLOOD,resubmit(,1)', 'table=1,actions=output:2'] } },
      'too-many',
    ],
    [
      'a table after a flood to some',
      { ports: [...ports, ...tunnels(90)], flows: { br: ['table=0,actions=FLOOD,resubmit(,1)', 'table=1,actions=output:2'] } },
      '',
    ],
    [
      'packets without Ethernet',
      {
        ports: [
          ...ports.slice(0, 1),
          portOf('br', 'p2', { interface: { ofport: 2, type: 'gre', options: { remote_ip: '192.0.2.1', packet_type: 'legacy_l3' } } }),
        ],
        flows: { br: ['table=0,actions=output:2'] },
      },
      'outside-model',
    ],
  ])('%s', (_, sketch, code) => {
    const { end } = trace([], ping, sketch)
    expect(end?.kind === 'unknown' ? end.code : '').toBe(code)
  })
})

describe('a bond', () => {
  const members = [
    { name: 'eth1', ofport: 2 },
    { name: 'eth2', ofport: 3 },
  ]
  const bonded = [
    portOf('br', 'p1', { interface: { ofport: 1 } }),
    portOf('br', 'bond', { tag: 5, interface: { ofport: 2 }, members }),
    portOf('br', 'p4', { interface: { ofport: 4 } }),
  ]
  const normal = ['table=0,actions=NORMAL']

  it('is flooded to by one of its devices', () => {
    const { outputs, end } = trace(normal, tagged(5), { ports: bonded })
    expect(outputs.map(({ port, frame, alternative }) => [port, frame.vlans.length, alternative])).toEqual([
      ['eth1', 0, 1],
      ['eth2', 0, 1],
      ['p4', 1, null],
      ['LOCAL', 1, null],
    ])
    expect(end).toBeNull()
  })
  it('is where a MAC was learned at any of them', () =>
    expect(left(trace(normal, tagged(5), { ports: bonded, ovsMacs: { br: [{ port: 'eth2', vlan: 5, macAddress: b.mac }] } }))).toEqual([
      'eth1',
      'eth2',
    ]))
  it('gets nothing back by the other one, and may not take in what comes', () => {
    const sw = switchOf({ ports: bonded, flows: { br: normal } })
    const visit = traceSwitch(sw, { bridge: 'br', port: 'eth2', frame: ping })
    expect(left(visit)).toEqual(['p1:5', 'p4:5', 'LOCAL:5'])
    expect(visit.end).toMatchObject({ kind: 'unknown', code: 'outside-model', params: { about: 'bond' } })
  })
  it('has devices that flows name', () => expect(left(trace(['table=0,actions=output:3'], ping, { ports: bonded }))).toEqual(['eth2']))
})

describe('patch ports', () => {
  const patched = [portOf('br', 'p1'), patchOf('br', 'to-b', 'to-a'), patchOf('b', 'to-a', 'to-b'), portOf('b', 'nic')]

  it('lead into the other bridge, which knows nothing of the first one’s registers', () => {
    const flows = {
      br: ['table=0,actions=load:0x1->NXM_NX_REG0[],output:to-b'],
      b: ['table=0,priority=9,reg0=0x1,actions=drop', 'table=0,in_port=to-a,priority=1,actions=output:nic'],
    }
    const [crossing] = trace([], ping, { ports: patched, flows }).outputs
    expect(crossing).toMatchObject({ port: 'to-b', kind: 'patch', visit: { bridge: 'b', inPort: 'to-a', outputs: [{ port: 'nic' }] } })
  })
  it('keep what a bridge put out before it gave up, and the one before it goes on', () => {
    const flows = { br: ['table=0,actions=output:to-b,output:p2'], b: ['table=0,actions=output:nic,resubmit(,0)'] }
    const visit = trace([], ping, { ports: [...patched, portOf('br', 'p2')], flows })
    expect(visit.outputs.map(({ port, visit: next }) => [port, next?.outputs.length ?? null])).toEqual([
      ['to-b', 64],
      ['p2', null],
    ])
  })
  it('end where the other end is not there', () => {
    const visit = trace(['table=0,actions=output:to-b'], ping, { ports: [portOf('br', 'p1'), patchOf('br', 'to-b', 'gone')] })
    expect(visit.end).toEqual({ kind: 'dropped', code: 'no-peer', params: { bridge: 'br', port: 'to-b', peer: 'gone' } })
  })
  it.each<[string, Partial<Sketch>, string]>([
    ['is not there', {}, 'no-port'],
    ['has no device', { ports: [...ports, portOf('br', 'p4', { interface: { ofport: -1 } })] }, 'port-unusable'],
  ])('output to a port that %s', (_, more, code) =>
    expect(trace(['table=0,actions=output:p4'], ping, more).end).toMatchObject({ kind: 'dropped', code }),
  )
})

describe('a bridge without flows', () => {
  const bare = (failMode: 'secure' | null, numbered: boolean) =>
    trace([], ping, { bridges: [bridgeOf('br', { failMode })], ports: numbered ? ports : portsWithoutNumbers })
  it('drops when it is secure', () => expect(bare('secure', false).end).toMatchObject({ code: 'no-flow' }))
  it('is a learning switch when a design leaves it standalone', () => expect(left(bare(null, false))).toEqual(['p2', 'p3', 'LOCAL']))
  it('drops when a host has none left', () => expect(bare(null, true).end).toMatchObject({ code: 'no-flow' }))
})
