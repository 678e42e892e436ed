// A pair of bridges that nobody would build: every action that is modelled, every VLAN mode, ports with flags, tunnels with fixed and free keys, a firewall
// with connection tracking, conjunctions, groups, learning, and a loop. For trying our trace against the switch's own.

import type { HostState } from '@/server/core/host/host-state'
import { labExec } from '../lab'

const A = 'fa:16:3e:00:00:01'
const B = 'fa:16:3e:00:00:02'
const C = 'fa:16:3e:00:00:03'

const NASTY = 'br-nasty'
const PEER = 'br-peer'
/** Holds the tunnels' own address, so that the userspace datapath knows where to send what it wraps. */
const UNDERLAY = 'br-nunder'

/** Arguments of one `ovs-vsctl`. */
function nastyBridges(datapathType: string): readonly string[] {
  const bridge = (name: string) => [
    '--',
    '--may-exist',
    'add-br',
    name,
    '--',
    'set',
    'Bridge',
    name,
    `datapath_type=${datapathType}`,
    'fail_mode=secure',
    'protocols=OpenFlow10,OpenFlow13,OpenFlow14',
  ]
  const port = (on: string, name: string, type: string, number: number, ...settings: readonly string[]) => [
    '--', '--may-exist', 'add-port', on, name, ...settings.filter((each) => !each.startsWith('options:')),
    '--', 'set', 'Interface', name, `type=${type}`, `ofport_request=${number}`, ...settings.filter((each) => each.startsWith('options:')),
  ] // prettier-ignore
  return [
    ...bridge(NASTY),
    ...bridge(PEER),
    ...bridge(UNDERLAY),
    ...port(UNDERLAY, 'ux1', 'internal', 1),
    ...port(NASTY, 'nx1', 'internal', 1),
    ...port(NASTY, 'nx2', 'internal', 2, 'tag=10'),
    ...port(NASTY, 'nx3', 'internal', 3, 'vlan_mode=native-untagged', 'tag=10', 'trunks=10,20,30'),
    ...port(NASTY, 'nx4', 'internal', 4, 'vlan_mode=native-tagged', 'tag=20'),
    ...port(NASTY, 'nx5', 'internal', 5, 'vlan_mode=trunk', 'trunks=4095', 'tag=4095'),
    ...port(NASTY, 'nx6', 'internal', 6, 'tag=20', 'other_config:priority-tags=if-nonzero'),
    ...port(NASTY, 'nx7', 'internal', 7, 'vlan_mode=dot1q-tunnel', 'tag=30'),
    ...port(NASTY, 'nx8', 'internal', 8, 'vlan_mode=dot1q-tunnel', 'tag=20', 'cvlans=0,10,30', 'protected=true'),
    ...port(NASTY, 'nx9', 'internal', 9, 'protected=true'),
    ...port(NASTY, 'nx10', 'internal', 10, 'trunks=10,20'),
    ...port(NASTY, 'vxa', 'vxlan', 11, 'options:remote_ip=192.0.2.11', 'options:key=flow', 'options:local_ip=192.0.2.1'),
    ...port(
      NASTY,
      'vxb',
      'vxlan',
      12,
      'options:remote_ip=192.0.2.12',
      'options:in_key=55',
      'options:out_key=56',
      'options:local_ip=192.0.2.1',
    ),
    ...port(NASTY, 'vxc', 'vxlan', 13, 'options:remote_ip=flow', 'options:key=flow'),
    ...port(NASTY, 'vxd', 'vxlan', 14, 'options:remote_ip=192.0.2.14', 'options:key=010', 'options:local_ip=192.0.2.1'),
    ...port(NASTY, 'to-peer', 'patch', 21, 'options:peer=to-nasty'),
    ...port(NASTY, 'to-nobody', 'patch', 22, 'options:peer=nobody'),
    ...port(PEER, 'to-nasty', 'patch', 1, 'options:peer=to-peer', 'protected=true'),
    ...port(PEER, 'py1', 'internal', 2, 'tag=10'),
    ...port(PEER, 'py2', 'internal', 3),
    ...port(PEER, 'py3', 'internal', 4, 'tag=20', 'trunks=1'),
    ...port(PEER, 'py4', 'internal', 5, 'tag=10', 'protected=true'),
    ...port(PEER, 'py5', 'internal', 6),
  ]
}

/** Bridge, port, and what `ovs-ofctl mod-port` forbids it. */
const flags = [
  [NASTY, 'nx10', 'no-flood'],
  [NASTY, 'nx6', 'no-receive-stp'],
  [NASTY, 'vxc', 'no-flood'],
  [PEER, 'py5', 'no-forward'],
  [PEER, 'py3', 'no-receive'],
] as const

const nastyGroups: readonly string[] = [
  'group_id=1,type=all,bucket=actions=set_field:fa:16:3e:00:00:09->eth_dst,output:2,bucket=actions=output:3,bucket=actions=resubmit(,40)',
  'group_id=2,type=indirect,bucket=actions=dec_ttl,set_field:10.9.9.9->ip_dst,output:1',
  'group_id=3,type=select,bucket=weight:5,actions=output:6',
  'group_id=4,type=all',
  'group_id=5,type=all,bucket=actions=set_field:fa:16:3e:00:00:08->eth_src,bucket=actions=group:2',
  'group_id=6,type=all,bucket=actions=set_field:4106->vlan_vid,output:3,output:4',
]

/** Into tables from 0 on by what comes in; OpenFlow 1.4 text. */
const nastyFlows: readonly string[] = [
  // Where a frame goes first is told by its destination, so that each corner is met.
  'table=0,priority=900,dl_dst=01:80:c2:00:00:00/ff:ff:ff:ff:ff:f0,actions=resubmit(,50)',
  'table=0,priority=890,in_port=11,actions=load:0x1->NXM_NX_REG0[],move:NXM_NX_TUN_ID[0..15]->NXM_NX_REG1[0..15],goto_table:5',
  'table=0,priority=880,in_port=12,actions=move:NXM_NX_TUN_IPV4_SRC[]->NXM_NX_REG2[],resubmit(,5),output:13',
  'table=0,priority=870,in_port=13,tun_src=192.0.2.50,actions=move:NXM_NX_TUN_ID[]->NXM_NX_XXREG1[0..63],goto_table:6',
  'table=0,priority=800,tcp,tcp_flags=+syn-ack,actions=ct(table=70,zone=5)',
  'table=0,priority=790,tcp,actions=ct(commit,table=70,zone=NXM_NX_REG6[0..15],exec(set_field:0x7->ct_mark))',
  'table=0,priority=780,udp,tp_dst=53,actions=resubmit(,80)',
  'table=0,priority=770,udp,tp_src=67,actions=resubmit(,81)',
  'table=0,priority=760,udp,actions=resubmit(,10),resubmit(,11),output:1',
  'table=0,priority=750,sctp,actions=set_field:1111->sctp_src,set_field:2222->sctp_dst,output:2,output:3',
  'table=0,priority=740,ip,nw_frag=first,actions=output:2,resubmit(,12)',
  'table=0,priority=730,ip,nw_frag=later,actions=set_field:7->nw_ttl,output:3',
  'table=0,priority=700,arp,arp_op=1,dl_vlan=10,actions=set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],set_field:fa:16:3e:00:00:0a->arp_sha,set_field:10.0.0.254->arp_spa,move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:fa:16:3e:00:00:0a->eth_src,IN_PORT',
  'table=0,priority=690,arp,arp_op=2,actions=FLOOD',
  'table=0,priority=680,arp,actions=learn(table=60,hard_timeout=300,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[]),resubmit(,60),NORMAL',
  'table=0,priority=600,icmp6,icmp_type=135,nd_target=fe80::99,actions=set_field:fa:16:3e:00:00:0b->nd_sll,output:4',
  'table=0,priority=590,icmp6,icmp_type=136,actions=resubmit(,13),controller',
  'table=0,priority=580,icmp6,actions=move:NXM_NX_IPV6_SRC[]->NXM_NX_XXREG0[],resubmit(,13)',
  'table=0,priority=500,dl_vlan=10,actions=pop_vlan,output:1,push_vlan:0x8100,set_field:4196->vlan_vid,output:3,output:21',
  'table=0,priority=490,dl_vlan=20,dl_vlan_pcp=5,actions=load:0x1e->NXM_OF_VLAN_TCI[0..11],output:4,NORMAL',
  'table=0,priority=480,vlan_tci=0x1000/0x1000,actions=set_field:3->vlan_pcp,output:21,NORMAL',
  `table=0,priority=400,dl_dst=${A},actions=write_actions(set_field:fa:16:3e:00:00:0c->eth_src,output:2),write_metadata:0x12/0xff,goto_table:20`,
  `table=0,priority=390,dl_dst=${B},actions=group:1,output:4`,
  `table=0,priority=380,dl_dst=${C},actions=load:0x15->NXM_NX_REG7[],output:NXM_NX_REG7[0..15],load:0x4->NXM_OF_IN_PORT[],output:1,output:4`,
  'table=0,priority=100,icmp,actions=resubmit(,30)',
  'table=0,priority=90,ip,actions=group:5,resubmit(,30)',
  'table=0,priority=80,ipv6,actions=resubmit(,82)',
  'table=0,priority=10,in_port=21,actions=NORMAL,output:11',
  'table=0,priority=1,actions=NORMAL',
  // From a tunnel.
  'table=5,priority=20,reg1=0x64,actions=set_tunnel64:0x700000064,output:11,set_tunnel:0x77,output:13,resubmit(,6)',
  'table=5,priority=10,tun_id=0x37,actions=push_vlan:0x8100,set_field:4126->vlan_vid,NORMAL',
  'table=5,priority=1,actions=set_field:192.0.2.99->tun_dst,set_field:192.0.2.98->tun_src,output:13,IN_PORT',
  'table=6,priority=9,xxreg1=0x64/0xffff,actions=output:1',
  'table=6,priority=1,actions=output:21,output:22',
  // Resubmits: with another port, nested, and one that does not end.
  'table=10,priority=9,udp,tp_src=80,actions=resubmit(3,14),resubmit:2',
  'table=10,priority=8,udp,tp_dst=443,actions=resubmit(,10)',
  'table=10,priority=7,udp,tp_dst=67,actions=move:NXM_OF_UDP_DST[]->NXM_NX_REG3[0..15],resubmit(,15)',
  'table=10,priority=1,udp,actions=set_field:80->udp_dst,load:0xa->NXM_NX_REG4[4..7]',
  'table=11,priority=9,udp,tp_dst=80,reg4=0xa0,actions=push:NXM_NX_REG4[],load:0->NXM_NX_REG4[],pop:NXM_NX_REG5[],output:2',
  'table=11,priority=8,reg5=0xa0,actions=output:3',
  'table=11,priority=2,udp,actions=dec_ttl,output:4',
  'table=12,priority=9,udp,tp_dst=0,actions=output:4',
  'table=12,priority=1,actions=output:6,group:6',
  'table=13,priority=9,ipv6,ipv6_src=fe80::/10,actions=set_field:2001:db8::77->ipv6_dst,set_field:4->ip_dscp,output:4',
  'table=13,priority=8,xxreg0=0x20010db8000000000000000000000000/0xffffffff000000000000000000000000,actions=output:6',
  'table=13,priority=1,actions=NORMAL',
  'table=14,priority=9,in_port=3,actions=output:3,output:2',
  'table=14,priority=1,actions=load:0x1e->NXM_NX_REG3[],move:NXM_NX_REG3[0..11]->OXM_OF_VLAN_VID[],output:4',
  'table=15,priority=9,udp,reg3=0x43,actions=set_field:68->udp_src,clone(set_field:fa:16:3e:00:00:0d->eth_src,output:2),output:3',
  // The action set.
  'table=20,priority=9,ip,metadata=0x12,actions=write_actions(set_field:10.0.0.99->ip_src,group:2),goto_table:21',
  'table=20,priority=8,arp,actions=clear_actions,write_actions(output:3,push_vlan:0x8100)',
  'table=20,priority=1,actions=write_actions(output:4)',
  'table=21,priority=9,ip,nw_ttl=64,actions=write_actions(dec_ttl)',
  'table=21,priority=8,ip,nw_ttl=1,actions=output:6,exit',
  'table=21,priority=1,actions=drop',
  // Rewrites of IP.
  'table=30,priority=9,ip,nw_src=10.0.0.0/24,actions=set_field:10.8.0.1->ip_src,set_field:10.8.0.2->ip_dst,mod_nw_tos:40,mod_nw_ecn:1,dec_ttl,output:2,resubmit(,31)',
  'table=30,priority=8,icmp,icmp_type=8,actions=move:NXM_OF_IP_SRC[]->NXM_OF_IP_DST[],set_field:0->icmp_type,output:3',
  'table=30,priority=7,ip,nw_tos=32,nw_ecn=1,actions=ct_clear,set_queue:1,load:0x2->NXM_OF_IP_TOS[0..3],output:4,move:NXM_OF_IP_TOS[0..7]->NXM_NX_REG9[8..15],pop_queue,resubmit(,32)',
  'table=30,priority=1,actions=group:4,output:2',
  'table=31,priority=9,ip,nw_dst=10.8.0.2,nw_ttl=63,actions=load:0x5->NXM_OF_ETH_DST[0..7],output:4',
  'table=31,priority=1,actions=ALL',
  'table=32,priority=1,reg9=0x2000,actions=output:2',
  'table=40,priority=9,actset_output=2,actions=output:6',
  'table=40,priority=1,actions=push:NXM_OF_ETH_DST[],pop:NXM_OF_ETH_SRC[],output:6',
  'table=50,priority=1,actions=NORMAL',
  // A firewall like Neutron's.
  'table=70,priority=99,ct_state=+inv+trk,actions=drop',
  'table=70,priority=90,ct_state=+est+trk,ct_mark=0,tcp,actions=output:1',
  'table=70,priority=80,ct_state=+new-est+trk,tcp,tp_dst=80,ct_zone=5,actions=ct(commit,zone=5),resubmit(,71)',
  'table=70,priority=70,ct_mark=0x7,tcp,actions=set_field:9->reg8,ct(commit,zone=6,exec(set_field:0x1->ct_mark)),resubmit(,71)',
  'table=70,priority=60,ip,ct_state=+trk,actions=ct(table=72,zone=9),output:2',
  'table=71,priority=9,ct_state=+trk,actions=drop',
  'table=71,priority=8,tcp,reg8=0x9,actions=set_field:8080->tcp_dst,output:3',
  'table=71,priority=1,actions=output:4,output:21',
  'table=72,priority=9,ct_zone=9,ct_state=+new,tcp,tcp_flags=+fin,actions=set_field:443->tcp_src,NORMAL',
  'table=72,priority=1,actions=ct_clear,resubmit(,71)',
  // Conjunctions.
  'table=80,priority=50,ip,nw_src=10.0.0.0/24,actions=conjunction(7,1/2)',
  'table=80,priority=50,ip,nw_src=198.51.100.77,actions=conjunction(7,1/2),conjunction(8,1/2)',
  'table=80,priority=50,udp,tp_src=68,actions=conjunction(7,2/2)',
  'table=80,priority=50,udp,tp_src=80,actions=conjunction(8,2/2)',
  'table=80,priority=51,conj_id=7,ip,actions=output:2',
  'table=80,priority=49,conj_id=8,ip,actions=set_field:1.2.3.4->ip_dst,output:3',
  'table=80,priority=40,udp,tp_src=443,actions=clone(conjunction(7,2/2)),output:3',
  'table=80,priority=1,actions=output:4',
  'table=81,priority=9,udp,tp_dst=68,actions=meter:1,output:2',
  'table=81,priority=1,tcp,actions=fin_timeout(idle_timeout=5),output:3',
  'table=82,priority=9,tcp6,tp_dst=80,actions=set_field:2001:db8::1->ipv6_src,set_field:81->tcp_dst,set_field:63->nw_ttl,output:2',
  'table=82,priority=8,ipv6,ipv6_dst=2001:db8::/32,actions=dec_ttl,output:21',
  'table=82,priority=1,actions=CONTROLLER:100,output:4',
]

const underlayFlows: readonly string[] = ['table=0,actions=output:1']

const peerFlows: readonly string[] = [
  'table=0,priority=9,dl_vlan=30,actions=set_field:4116->vlan_vid,NORMAL',
  'table=0,priority=8,reg0=0x1,actions=drop',
  'table=0,priority=7,udp,tp_dst=80,actions=IN_PORT',
  'table=0,priority=1,actions=NORMAL',
]

const UNDERLAY_ADDRESS = '192.0.2.1'
const FAR_ENDS = ['11', '12', '14', '50', '51', '98', '99']
const BRIDGES = [NASTY, PEER, UNDERLAY]

/** What the MAC tables hold: bridge, port, VLAN, MAC. */
const learned = [
  [NASTY, 'nx1', '10', B],
  [NASTY, 'to-peer', '20', C],
  [NASTY, 'nx4', '20', A],
  [NASTY, 'vxb', '30', A],
  [PEER, 'py1', '10', B],
] as const

export async function makeNasty(lab: string, host: string): Promise<void> {
  const run = async (argv: readonly string[], stdin?: string) => {
    const { code, stderr } = await labExec(lab, host, argv, { stdin })
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
  }
  const ofctl = (command: string, bridge: string, lines: readonly string[]) =>
    run(['ovs-ofctl', '-O', 'OpenFlow14', command, bridge, '-'], lines.join('\n'))
  await run(['ovs-vsctl', ...nastyBridges('netdev').slice(1)])
  await run(['ip', 'address', 'add', `${UNDERLAY_ADDRESS}/24`, 'dev', UNDERLAY])
  await run(['ip', 'link', 'set', UNDERLAY, 'up'])
  for (const end of FAR_ENDS) await run(['ovs-appctl', 'tnl/neigh/set', UNDERLAY, `192.0.2.${end}`, `02:00:00:00:02:${end}`])
  await run(['ovs-ofctl', '-O', 'OpenFlow14', 'add-meter', NASTY, 'meter=1,kbps,band=type=drop,rate=1000'])
  await ofctl('add-groups', NASTY, nastyGroups)
  const written = { [NASTY]: nastyFlows, [PEER]: peerFlows, [UNDERLAY]: underlayFlows }
  for (const [bridge, flows] of Object.entries(written)) await ofctl('add-flows', bridge, flows)
  for (const [bridge, port, flag] of flags) await run(['ovs-ofctl', '-O', 'OpenFlow10', 'mod-port', bridge, port, flag])
  for (const entry of learned) await run(['ovs-appctl', 'fdb/add', ...entry])
}

export async function removeNasty(lab: string, host: string): Promise<void> {
  await labExec(lab, host, ['ovs-vsctl', ...BRIDGES.flatMap((name) => ['--', '--if-exists', 'del-br', name]).slice(1)])
}

/** Frames are drawn from these bridges alone. */
export const nastyState = (state: HostState): HostState => ({
  ...state,
  ovsPorts: state.ovsPorts.filter(({ bridge }) => bridge === NASTY || bridge === PEER),
  flows: state.flows.filter(({ bridge }) => bridge === NASTY || bridge === PEER),
})
