// Dump of a br-int as `ovs-ofctl -O OpenFlow14 dump-flows` prints it: ports with anti-spoofing, conntrack and rules of their own, as
// Neutron's Open vSwitch firewall writes them, twenty flows each.

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')
const PREFIX = ['cookie=0xf24601eeb456e4b5, duration=', 's, table='] as const

/** `round` makes the counters grow, as they do between two readings. */
export function flowText(ports: number, round: number): string {
  const lines = ['OFPST_FLOW reply (OF1.4) (xid=0x2):']
  for (let port = 1; port <= ports; port += 1) {
    for (const [index, [table, flow]] of flowsOf(port).entries()) {
      const packets = port * 7 + index + round * (port % 5)
      lines.push(
        ` ${PREFIX[0]}${1000 + round}.${hex(port, 3).length}5${PREFIX[1]}${table}, n_packets=${packets}, n_bytes=${packets * 98}, ${flow}`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

function flowsOf(port: number): readonly (readonly [number, string])[] {
  const mac = `fa:16:3e:${hex(port >> 16, 2)}:${hex((port >> 8) & 255, 2)}:${hex(port & 255, 2)}`
  const ip = `10.${20 + (port >> 16)}.${(port >> 8) & 255}.${port & 255}`
  const vlan = (port % 40) + 1
  const reg = `reg5=0x${hex(port, 1)}`
  return [
    [0, `priority=100,in_port=${port} actions=load:0x${hex(port, 1)}->NXM_NX_REG5[],load:0x${hex(vlan, 1)}->NXM_NX_REG6[],resubmit(,71)`],
    [
      60,
      `priority=90,dl_vlan=${vlan},dl_dst=${mac} actions=load:0x${hex(port, 1)}->NXM_NX_REG5[],load:0x${hex(vlan, 1)}->NXM_NX_REG6[],strip_vlan,resubmit(,81)`,
    ],
    [
      71,
      `priority=95,icmp6,${reg},in_port=${port},dl_src=${mac},ipv6_src=fe80::f816:3eff:fe00:${hex(port & 0xffff, 1)},icmp_type=130 actions=resubmit(,94)`,
    ],
    [
      71,
      `priority=95,icmp6,${reg},in_port=${port},dl_src=${mac},ipv6_src=fe80::f816:3eff:fe00:${hex(port & 0xffff, 1)},icmp_type=135 actions=resubmit(,94)`,
    ],
    [71, `priority=95,arp,${reg},in_port=${port},dl_src=${mac},arp_spa=${ip} actions=resubmit(,94)`],
    [71, `priority=80,udp,${reg},in_port=${port},tp_src=68,tp_dst=67 actions=resubmit(,73)`],
    [71, `priority=80,udp6,${reg},in_port=${port},tp_src=546,tp_dst=547 actions=resubmit(,73)`],
    [71, `priority=70,udp,${reg},in_port=${port},tp_src=67,tp_dst=68 actions=resubmit(,93)`],
    [71, `priority=65,ip,${reg},in_port=${port},dl_src=${mac},nw_src=${ip} actions=ct(table=72,zone=NXM_NX_REG6[0..15])`],
    [71, `priority=10,${reg},in_port=${port} actions=resubmit(,93)`],
    [72, `priority=77,ct_state=+est-rel-rpl,tcp,${reg},tp_dst=0x1f90/0xfff0 actions=resubmit(,73)`],
    [72, `priority=74,ct_state=+est-rel-rpl,ip,${reg} actions=resubmit(,73)`],
    [72, `priority=50,ct_mark=0x1,${reg} actions=resubmit(,93)`],
    [72, `priority=50,ct_state=+est-rel+rpl,ct_zone=${vlan},ct_mark=0,${reg} actions=resubmit(,94)`],
    [72, `priority=40,ct_state=-est,ip,${reg} actions=resubmit(,93)`],
    [73, `priority=100,reg6=0x${hex(vlan, 1)},dl_dst=${mac} actions=load:0x${hex(port, 1)}->NXM_NX_REG5[],resubmit(,81)`],
    [81, `priority=100,arp,${reg} actions=strip_vlan,output:${port}`],
    [81, `priority=90,ct_state=-trk,ip,${reg} actions=ct(table=82,zone=NXM_NX_REG6[0..15])`],
    [
      82,
      `priority=77,ct_state=+new-est,tcp,${reg},tp_dst=22 actions=ct(commit,zone=NXM_NX_REG6[0..15]),strip_vlan,output:${port},resubmit(,92)`,
    ],
    [82, `priority=50,ct_state=+est-rel+rpl,ct_zone=${vlan},ct_mark=0,${reg} actions=strip_vlan,output:${port}`],
  ]
}
