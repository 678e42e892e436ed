import { describe, expect, it } from 'vitest'
import { AppError } from '../app-error'
import { failedHealth, reachableHealth } from '../host/host-health'
import { qbrName, tapName } from '../naming'
import type { NetworkType } from '../topology/kinds/network/network'
import { computePath, isPath } from './compute-path'
import { Cloud, flow, networkId, ports, type PortName } from './testing/cloud'
import { explainedPath, type ExplainedHop, type ExplainedPath } from '../testing/explained'

const draw = (cloud: Cloud, source: PortName = 'web1', destination: PortName = 'web2'): ExplainedPath => {
  const path = computePath(cloud.input, ports[source], ports[destination])
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const roles = ({ forth: { hops } }: ExplainedPath) => hops.map(({ role }) => role).join(' ')
const wears = ({ encapsulation }: ExplainedHop) => {
  if (encapsulation.kind === 'vxlan') return `vni ${encapsulation.vni}`
  if (encapsulation.kind === 'dot1q') return `vlan ${encapsulation.vlanId}`
  return encapsulation.kind === 'local-vlan' ? `L${encapsulation.vlan}` : 'untagged'
}
const hop = (path: ExplainedPath, role: string, end = 'source') =>
  path.forth.hops[end === 'source' ? 'find' : 'findLast']((each) => each.role === role) ?? fail(`no hop ${role}`)
const fail = (message: string): never => {
  throw new Error(message)
}
const keys = ({ proof }: ExplainedHop) => (proof.method === 'flow-counter' ? proof.flowKeys : [])

const near = 'vm tap qbr qvb qvo br-int'
const far = 'br-int qvo qvb qbr tap vm'
const qvo1 = 'qvo9f9c98cb-13'

describe('the shape of a path', () => {
  it.each<[string, NetworkType, 'system' | 'netdev', PortName, PortName, string]>([
    ['vxlan, kernel datapath', 'vxlan', 'system', 'web1', 'web2', `${near} patch br-tun nic wire nic br-tun patch ${far}`],
    [
      'vxlan, userspace datapath',
      'vxlan',
      'netdev',
      'web1',
      'web2',
      `${near} patch br-tun underlay-bridge nic wire nic underlay-bridge br-tun patch ${far}`,
    ],
    ['vlan', 'vlan', 'system', 'web1', 'web2', `${near} patch provider-bridge nic wire nic provider-bridge patch ${far}`],
    ['flat', 'flat', 'system', 'web1', 'web2', `${near} patch provider-bridge nic wire nic provider-bridge patch ${far}`],
    ['same host', 'vxlan', 'system', 'web1', 'web3', `${near} qvo qvb qbr tap vm`],
    ['to the DHCP server beside it', 'vxlan', 'system', 'web1', 'dhcp', `${near} dhcp`],
    [
      'to the DHCP server elsewhere',
      'vlan',
      'system',
      'web2',
      'dhcp',
      `${near} patch provider-bridge nic wire nic provider-bridge patch br-int dhcp`,
    ],
    ['from the DHCP server', 'vxlan', 'system', 'dhcp', 'web2', `dhcp br-int patch br-tun nic wire nic br-tun patch ${far}`],
  ])('%s', (_, type, datapathType, source, destination, expected) => {
    const path = draw(new Cloud({ type, datapathType }), source, destination)
    expect(roles(path)).toBe(expected)
    expect(path.verdict).toBeNull()
    expect(path.forth.hops.filter(({ role }) => role !== 'wire').map(({ intent, host }) => [intent, host])).toEqual(
      path.forth.hops.filter(({ role }) => role !== 'wire').map(() => ['agrees', 'agrees']),
    )
    expect(new Set(path.forth.hops.map(({ id }) => id)).size).toBe(path.forth.hops.length)
  })

  it.each<[NetworkType, string]>([
    ['vxlan', 'untagged*5 L3*2 vni 100*4 L7*2 untagged*6'],
    ['vlan', 'untagged*5 L3*2 vlan 120*6 untagged*6'],
    ['flat', 'untagged*5 L3*2 untagged*12'],
  ])('wears the right headers on %s', (type, expected) => {
    const words = draw(new Cloud({ type })).forth.hops.map(wears)
    const runs = words.reduce<[string, number][]>((all, word) => {
      const last = all.at(-1)
      return last?.[0] === word ? [...all.slice(0, -1), [word, last[1] + 1]] : [...all, [word, 1]]
    }, [])
    expect(runs.map(([word, count]) => `${word}*${count}`).join(' ')).toBe(expected)
  })

  it('draws each stretch as what it is', () => {
    const links = draw(new Cloud({ type: 'vxlan' })).forth.hops.map(({ linkToNext }) => linkToNext)
    expect(links.slice(0, 10)).toEqual([
      'plug',
      'bridge-port',
      'bridge-port',
      'veth',
      'bridge-port',
      'patch',
      'patch',
      'tunnel',
      'wire',
      'wire',
    ])
    expect(links.at(-1)).toBeNull()
  })
})

describe('the proof of a hop', () => {
  it('captures where there is a device and counts flows where there is none', () => {
    const path = draw(new Cloud({ type: 'vxlan' }))
    expect(path.forth.hops.map(({ proof }) => proof.method)).toEqual([
      'none',
      'capture',
      'none',
      'capture',
      'capture',
      'flow-counter',
      'flow-counter',
      'flow-counter',
      'capture',
      'none',
      'capture',
      'flow-counter',
      'flow-counter',
      'flow-counter',
      'capture',
      'capture',
      'none',
      'capture',
      'none',
    ])
    expect(hop(draw(new Cloud({ type: 'vxlan' }), 'dhcp'), 'dhcp').proof).toEqual({
      method: 'capture',
      netns: `qdhcp-${networkId}`,
      device: 'tapd0d0d0d0-35',
    })
  })

  it.each<[NetworkType, string, string, string[]]>([
    ['vxlan', 'br-int', 'source', [`br-int/25/2/dl_src=fa:16:3e:00:00:01,in_port=${qvo1}`]],
    ['vxlan', 'patch', 'source', [`br-int/25/2/dl_src=fa:16:3e:00:00:01,in_port=${qvo1}`, 'br-tun/0/1/in_port=patch-int']],
    ['vxlan', 'br-tun', 'source', ['br-tun/20/2/dl_dst=fa:16:3e:00:00:02,dl_vlan=3']],
    ['vxlan', 'br-tun', 'destination', ['br-tun/4/1/tun_id=0x64']],
    ['vxlan', 'patch', 'destination', ['br-tun/4/1/tun_id=0x64', 'br-int/0/0/']],
    ['vxlan', 'br-int', 'destination', ['br-int/0/0/']],
    ['vlan', 'provider-bridge', 'source', ['br-ens38/0/4/dl_vlan=3,in_port=phy-br-ens38']],
    ['vlan', 'provider-bridge', 'destination', ['br-ens38/0/0/']],
    ['vlan', 'patch', 'destination', ['br-ens38/0/0/', 'br-int/0/3/dl_vlan=120,in_port=int-br-ens38']],
    ['flat', 'br-int', 'destination', ['br-int/0/3/in_port=int-br-ens38,vlan_tci=0x0000/0x1fff']],
  ])('%s: %s at the %s', (type, role, end, expected) => {
    expect(keys(hop(draw(new Cloud({ type })), role, end))).toEqual(expected)
  })

  it('accepts the learned flow as well where the frame is flooded', () => {
    const cloud = new Cloud({ type: 'vxlan' }).change('cmp1', 'flows', (each) => (each.table === 20 && each.priority === 2 ? null : each))
    expect(keys(hop(draw(cloud), 'br-tun'))).toEqual([
      'br-tun/22/1/dl_vlan=3',
      'br-tun/20/1/dl_dst=fa:16:3e:00:00:02,vlan_tci=0x0003/0x0fff',
    ])
  })

  it.each<[NetworkType, string, string, string]>([
    ['vxlan', 'br-tun', 'source', 'br-tun/20/2/dl_dst=fa:16:3e:00:00:02,dl_vlan=3'],
    ['vxlan', 'br-tun', 'destination', 'br-tun/4/1/tun_id=0x64'],
    ['vxlan', 'br-int', 'source', 'br-int/60/1/'],
    ['vlan', 'provider-bridge', 'source', 'br-ens38/0/4/dl_vlan=3,in_port=phy-br-ens38'],
    ['vlan', 'br-int', 'destination', 'br-int/0/3/dl_vlan=120,in_port=int-br-ens38'],
  ])('%s: the header changes on %s at the %s', (type, role, end, expected) => {
    expect(hop(draw(new Cloud({ type })), role, end).translationFlowKey).toBe(expected)
  })
})

type Break = (cloud: Cloud) => Cloud
const without =
  (host: 'cmp1' | 'cmp2', key: (flowText: string) => boolean): Break =>
  (cloud) =>
    cloud.change(host, 'flows', (each) => (key(`${each.bridge} T${each.table} p${each.priority} ${each.match}`) ? null : each))
const editLink =
  (host: 'cmp1' | 'cmp2', name: string, patch: object | null): Break =>
  (cloud) =>
    cloud.change(host, 'links', (each) => (each.name !== name ? each : patch && { ...each, ...patch }))
const editPort =
  (host: 'cmp1' | 'cmp2', name: string, patch: object | null): Break =>
  (cloud) =>
    cloud.change(host, 'ovsPorts', (each) => (each.name !== name ? each : patch && { ...each, ...patch }))
const editInterface =
  (host: 'cmp1' | 'cmp2', name: string, patch: object): Break =>
  (cloud) =>
    cloud.change(host, 'ovsPorts', (each) => (each.name !== name ? each : { ...each, interface: { ...each.interface, ...patch } }))
const dead = { ...new Cloud({ type: 'flat' }).states.cmp1.links[0]!.observed, operState: 'DOWN' }

describe('one thing is broken, and it is named', () => {
  it.each<[string, NetworkType, Break, string, string]>([
    [
      'cable out',
      'vxlan',
      (cloud) =>
        cloud.change('cmp1', 'domains', (each) => ({
          ...each,
          interfaces: each.interfaces.map((nic) => ({ ...nic, isLinkDown: true as const })),
        })),
      'cmp1/vm/eth0#1',
      `The cable between VM web1 and ${tapName(ports.web1)} is out (virsh domif-setlink)`,
    ],
    [
      'port of qbr switched off',
      'vxlan',
      (cloud) =>
        cloud.change('cmp1', 'links', (each) =>
          each.type === 'tap' ? { ...each, observed: { ...each.observed!, unmodelled: ['isolated', 'state'] } } : each,
        ),
      `cmp1/tap/${tapName(ports.web1)}#1`,
      `${tapName(ports.web1)} is no plain port of ${qbrName(ports.web1)}: somebody set its isolated and state`,
    ],
    [
      'VM off',
      'vxlan',
      (cloud) => cloud.change('cmp1', 'domains', (each) => ({ ...each, isRunning: false })),
      'cmp1/vm/eth0#1',
      'VM web1 is not running on cmp1',
    ],
    ['VM gone', 'vxlan', (cloud) => cloud.change('cmp2', 'domains', () => null), 'cmp2/vm/eth0#1', 'VM web2 is not defined on cmp2'],
    ['no tap', 'vxlan', editLink('cmp1', 'tap9f9c98cb-13', null), 'cmp1/tap/tap9f9c98cb-13#1', 'tap9f9c98cb-13 does not exist on cmp1'],
    [
      'tap elsewhere',
      'vlan',
      editLink('cmp1', 'tap9f9c98cb-13', { master: 'virbr0' }),
      'cmp1/tap/tap9f9c98cb-13#1',
      'tap9f9c98cb-13 is in virbr0, not in qbr9f9c98cb-13',
    ],
    [
      'qbr down',
      'flat',
      editLink('cmp1', 'qbr9f9c98cb-13', { isUp: false }),
      'cmp1/qbr/qbr9f9c98cb-13#1',
      'qbr9f9c98cb-13 is down on cmp1',
    ],
    [
      'qvb MTU',
      'vxlan',
      editLink('cmp1', 'qvb9f9c98cb-13', { mtu: 1500 }),
      'cmp1/qvb/qvb9f9c98cb-13#1',
      'qvb9f9c98cb-13 has MTU 1500, network net-a has 1450',
    ],
    [
      'qvo not on br-int',
      'vxlan',
      editPort('cmp1', qvo1, null),
      'cmp1/qvo/qvo9f9c98cb-13#1',
      'qvo9f9c98cb-13 is not a port of br-int on cmp1',
    ],
    [
      'qvo on another bridge',
      'vxlan',
      editPort('cmp1', qvo1, { bridge: 'br-ex' }),
      'cmp1/qvo/qvo9f9c98cb-13#1',
      'qvo9f9c98cb-13 is a port of br-ex, not of br-int, on cmp1',
    ],
    [
      'wrong tag',
      'vxlan',
      editPort('cmp1', qvo1, { tag: 9, otherConfig: {} }),
      'cmp1/qvo/qvo9f9c98cb-13#1',
      'qvo9f9c98cb-13 has tag 9, local VLAN of network net-a on cmp1 is 3',
    ],
    [
      'dead VLAN',
      'vlan',
      editPort('cmp2', 'qvo7a1b2c3d-24', { tag: 4095 }),
      'cmp2/qvo/qvo7a1b2c3d-24#1',
      'qvo7a1b2c3d-24 has the dead VLAN tag 4095: the port was taken out of service',
    ],
    [
      'no tag',
      'vxlan',
      editPort('cmp1', qvo1, { tag: null }),
      'cmp1/qvo/qvo9f9c98cb-13#1',
      'qvo9f9c98cb-13 has no tag: its frames stay outside every local VLAN',
    ],
    [
      'ofport -1',
      'vxlan',
      editInterface('cmp1', qvo1, { ofport: -1, error: 'could not open network device' }),
      'cmp1/qvo/qvo9f9c98cb-13#1',
      'Open vSwitch cannot use qvo9f9c98cb-13: could not open network device',
    ],
    [
      'spoofing entry missing',
      'vxlan',
      without('cmp1', (text) => text.startsWith('br-int T24 p2') && text.includes(qvo1)),
      'cmp1/br-int/br-int#1',
      'ARP requests of web1 end here: br-int T24 drops, no flow lets ARP from 10.0.0.5 pass',
    ],
    [
      'MAC entry missing',
      'vlan',
      without('cmp1', (text) => text.startsWith('br-int T25') && text.includes(qvo1)),
      'cmp1/br-int/br-int#1',
      'ARP requests of web1 end here: br-int T25 drops, no flow lets source MAC fa:16:3e:00:00:01 pass',
    ],
    [
      'port taken out of service',
      'vxlan',
      (cloud) => {
        cloud.states.cmp1 = {
          ...cloud.states.cmp1,
          flows: [
            flow('br-int', `table=0,priority=2,in_port=${qvo1},actions=drop`),
            ...cloud.states.cmp1.flows.filter(({ match, table }) => table !== 0 || !match.includes(qvo1)),
          ],
        }
        return cloud
      },
      'cmp1/br-int/br-int#1',
      'ARP requests of web1 end here: br-int T0 drops, the port was taken out of service',
    ],
    [
      'flows lost',
      'vxlan',
      without('cmp1', (text) => text.startsWith('br-int')),
      'cmp1/br-int/br-int#1',
      'br-int has no flows on cmp1, so it drops everything: Open vSwitch lost them or fail_mode was set after them',
    ],
    [
      'patch without a peer',
      'vxlan',
      editInterface('cmp1', 'patch-tun', { options: {}, ofport: -1 }),
      'cmp1/patch/patch-tun#1',
      'Patch port patch-tun leads to nothing, not to patch-int, on cmp1',
    ],
    [
      'patch not joined',
      'vxlan',
      editInterface('cmp1', 'patch-tun', { options: { peer: 'nonexistent-peer' } }),
      'cmp1/patch/patch-tun#1',
      'Patch port patch-tun leads to nonexistent-peer, not to patch-int, on cmp1',
    ],
    [
      'patch missing',
      'flat',
      editPort('cmp2', 'phy-br-ens38', null),
      'cmp2/patch/int-br-ens38#1',
      'Patch port phy-br-ens38 is missing on br-ens38 of cmp2',
    ],
    [
      'no tunnel port',
      'vxlan',
      editPort('cmp1', 'vxlan-c0a8960c', null),
      'cmp1/br-tun/br-tun#1',
      'br-tun of cmp1 has no tunnel port to cmp2 (192.168.150.12)',
    ],
    [
      'tunnel sends to another UDP port',
      'vxlan',
      editInterface('cmp2', 'vxlan-c0a8960b', { options: { remote_ip: '192.168.150.11', local_ip: '192.168.150.12', dst_port: '4790' } }),
      'cmp1/br-tun/br-tun#1',
      'vxlan-c0a8960c sends to UDP port 4789, cmp2 takes tunnels at 4790',
    ],
    [
      'tunnel sends from elsewhere',
      'vxlan',
      editInterface('cmp2', 'vxlan-c0a8960b', { options: { remote_ip: '192.168.150.11', local_ip: '10.9.9.9' } }),
      'cmp2/br-tun/br-tun#1',
      'vxlan-c0a8960b sends from 10.9.9.9, the tunnel address of cmp2 is 192.168.150.12',
    ],
    [
      'flood entry missing',
      'vxlan',
      without('cmp1', (text) => text.startsWith('br-tun T22 p1')),
      'cmp1/br-tun/br-tun#1',
      'ARP requests of web1 end here: br-tun T22 drops, no flow floods local VLAN 3 to the other hosts of its network on cmp1',
    ],
    [
      'VNI mismatch',
      'vxlan',
      (cloud) =>
        cloud.change('cmp1', 'flows', (each) => ({ ...each, actions: each.actions.replace('set_tunnel:0x64', 'set_tunnel:0x65') })),
      'cmp1/br-tun/br-tun#1',
      'br-tun T20 sends VNI 101, network net-a is 100',
    ],
    [
      'stale T20',
      'vxlan',
      (cloud) =>
        cloud.change('cmp1', 'flows', (each) =>
          each.table === 20 && each.priority === 2 ? { ...each, actions: each.actions.replace('c0a8960c', 'c0a89663') } : each,
        ),
      'cmp1/br-tun/br-tun#1',
      'br-tun T20 sends frames for web2 to vxlan-c0a89663, but it is on cmp2 (192.168.150.12)',
    ],
    [
      'network not on the other host',
      'vxlan',
      without('cmp2', (text) => text.startsWith('br-tun T4 p1')),
      'cmp2/br-tun/br-tun#1',
      'ARP requests of web1 end here: br-tun T4 drops, no flow turns VNI 100 into a local VLAN on cmp2',
    ],
    [
      'VNI into a wrong local VLAN',
      'vxlan',
      (cloud) =>
        cloud.change('cmp2', 'flows', (each) =>
          each.table === 4 ? { ...each, actions: each.actions.replace('mod_vlan_vid:7', 'mod_vlan_vid:8') } : each,
        ),
      'cmp2/br-tun/br-tun#1',
      'br-tun T4 turns VNI 100 into local VLAN 8, web2 is in 7',
    ],
    [
      'VTEP address gone',
      'vxlan',
      (cloud) => cloud.change('cmp1', 'addresses', (each) => (each.link === 'ens37' ? null : each)),
      'cmp1/br-tun/br-tun#1',
      'cmp1 does not have its tunnel address 192.168.150.11',
    ],
    ['NIC without cable', 'vxlan', editLink('cmp1', 'ens37', { observed: dead }), 'cmp1/nic/ens37#1', 'ens37 has no carrier on cmp1'],
    [
      'underlay too small',
      'vxlan',
      editLink('cmp2', 'ens37', { mtu: 1480 }),
      'cmp2/nic/ens37#1',
      'ens37 has MTU 1480, network net-a with MTU 1450 needs 1500 in VXLAN: full-size frames are lost',
    ],
    ['NIC not in the bridge', 'vlan', editPort('cmp1', 'ens38', null), 'cmp1/nic/ens38#1', 'ens38 is not a port of br-ens38 on cmp1'],
    [
      'no outbound translation',
      'vlan',
      without('cmp1', (text) => text.startsWith('br-ens38 T0 p4')),
      'cmp1/provider-bridge/br-ens38#1',
      'ARP requests of web1 end here: br-ens38 T0 drops, no flow turns local VLAN 3 into VLAN 120 on cmp1',
    ],
    [
      'wrong outbound translation',
      'vlan',
      (cloud) =>
        cloud.change('cmp1', 'flows', (each) => ({ ...each, actions: each.actions.replace('mod_vlan_vid:120', 'mod_vlan_vid:121') })),
      'cmp1/provider-bridge/br-ens38#1',
      'br-ens38 T0 sends frames out with VLAN 121, network net-a is VLAN 120',
    ],
    [
      'no inbound translation',
      'flat',
      without('cmp2', (text) => text.startsWith('br-int T0 p3')),
      'cmp2/br-int/br-int#1',
      'ARP requests of web1 end here: br-int T0 drops, no flow turns untagged frames into local VLAN 7 on cmp2',
    ],
    [
      'wrong inbound translation',
      'vlan',
      (cloud) => cloud.change('cmp2', 'flows', (each) => ({ ...each, actions: each.actions.replace('mod_vlan_vid:7', 'mod_vlan_vid:8') })),
      'cmp2/br-int/br-int#1',
      'br-int T0 hands the frame to local VLAN 8, web2 is in 7',
    ],
    [
      'provider bridge gone',
      'vlan',
      (cloud) => cloud.change('cmp2', 'ovsBridges', (each) => (each.name === 'br-ens38' ? null : each)),
      'cmp2/provider-bridge/br-ens38#1',
      'Bridge br-ens38 does not exist on cmp2',
    ],
  ])('%s', (_, type, breakIt, hopId, sentence) => {
    const path = draw(breakIt(new Cloud({ type })))
    expect(path.verdict).toEqual({ hopId, sentence })
    expect(path.forth.hops.find(({ id }) => id === hopId)?.host).toBe('differs')
  })

  it.each<[string, Break, string]>([
    ['namespace gone', (cloud) => cloud.change('cmp1', 'namespaces', () => null), `Namespace qdhcp-${networkId} does not exist on cmp1`],
    [
      'address gone',
      (cloud) => cloud.change('cmp1', 'addresses', ({ netns, ...each }) => (netns ? null : { netns, ...each })),
      `tapd0d0d0d0-35 in qdhcp-${networkId} does not have the address 10.0.0.2`,
    ],
    [
      'no dnsmasq',
      (cloud) => cloud.change('cmp1', 'dnsmasq', () => null),
      'No dnsmasq runs for network net-a on cmp1: requests stay without answer',
    ],
    [
      'wrong tag',
      editPort('cmp1', 'tapd0d0d0d0-35', { tag: 5, otherConfig: {} }),
      'tapd0d0d0d0-35 has tag 5, local VLAN of network net-a on cmp1 is 3',
    ],
  ])('DHCP: %s', (_, breakIt, sentence) => {
    expect(hop(draw(breakIt(new Cloud({ type: 'vxlan' })), 'web2', 'dhcp'), 'dhcp', 'destination').finding).toBe(sentence)
  })

  it.each(['cmp1', 'cmp2'] as const)('a tunnel NIC that its bridge does not have is in no bridge, on %s', (host) => {
    const cloud = new Cloud({ type: 'vxlan', datapathType: 'netdev' }).change(host, 'ovsPorts', (port) =>
      port.name === 'ens37' ? null : port,
    )
    const nic = draw(cloud).forth.hops.find(({ role, hostName }) => role === 'nic' && hostName === host)!
    expect([nic.host, nic.finding]).toEqual(['differs', expect.stringContaining('ens37')])
  })

  it('a bridge that lacks the port by which packets come is not known to forward them', () => {
    const cloud = new Cloud({ type: 'vxlan' }).change('cmp1', 'ovsPorts', (port) => (port.name === qvo1 ? null : port))
    expect([hop(draw(cloud), 'qvo').host, hop(draw(cloud), 'br-int').host]).toEqual(['differs', 'unchecked'])
  })

  it('names the tag that keeps two ports of one host apart', () => {
    const cloud = editPort('cmp1', 'qvo5e6f7a8b-46', { tag: 4, otherConfig: {} })(new Cloud({ type: 'vxlan' }))
    expect(draw(cloud, 'web1', 'web3').verdict?.sentence).toBe('web1 has tag 3 and web3 has tag 4: br-int keeps them apart')
  })
})

describe('what is not known stays hollow', () => {
  it('draws the intended path of hosts that were never read', () => {
    const path = computePath({ topology: new Cloud({ type: 'vxlan' }).topology, observations: new Map() }, ports.web1, ports.web2)
    if (!isPath(path)) throw new Error(path.code)
    expect(new Set(path.forth.hops.map(({ host, traffic }) => `${host} ${traffic}`))).toEqual(new Set(['unchecked unchecked']))
    expect(path.hosts).toEqual(['cmp1', 'cmp2'].map((name) => ({ id: name, name, observedAt: null, trouble: null })))
    expect([path.evidence, path.revision]).toEqual([null, null])
    expect(path.verdict).toBeNull()
  })

  it('draws no conclusion from flows it does not understand', () => {
    const cloud = new Cloud({ type: 'vxlan' })
    cloud.states.cmp1 = {
      ...cloud.states.cmp1,
      flows: [
        ...cloud.states.cmp1.flows,
        flow('br-int', 'table=24,priority=9,ip,ct_state=+trk,actions=drop'),
        flow('br-int', `table=0,priority=99,in_port=${qvo1},actions=ct(table=72),CONTROLLER:65535`),
      ],
    }
    expect(hop(draw(cloud), 'br-int')).toMatchObject({ host: 'unchecked', finding: null })
  })

  it('takes the traffic of the last verification', () => {
    const cloud = new Cloud({ type: 'vxlan' })
    const evidence = (hopId: string, status: 'agrees' | 'missing') =>
      ({
        hopId,
        status,
        host: '',
        interface: '',
        method: 'capture',
        expected: { code: 'inside-guest', params: {} },
        seen: null,
        packets: 0,
        sample: null,
        pcap: null,
        notes: [],
      }) as const
    const lastEvidence = {
      id: 'v1',
      startedAt: '2026-01-01T00:00:00.000Z',
      hops: [evidence('cmp1/qvo/qvo9f9c98cb-13#1', 'agrees'), evidence('cmp1/nic/ens37#1', 'missing')],
      firstBadHopId: 'cmp1/nic/ens37#1',
      verdict: { code: 'said', params: { said: 'gone' } },
    } as const
    const revision = { number: 3, appliedAt: '2026-01-02T00:00:00.000Z' }
    const path = computePath({ ...cloud.input, lastEvidence, revision }, ports.web1, ports.web2)
    if (!isPath(path)) throw new Error(path.code)
    expect(hop(explainedPath(path), 'qvo').traffic).toBe('agrees')
    expect(hop(explainedPath(path), 'nic').traffic).toBe('differs')
    expect(path.verdict).toEqual({ hopId: 'cmp1/nic/ens37#1', finding: lastEvidence.verdict })
    expect(path).toMatchObject({ evidence: { verificationId: 'v1', startedAt: lastEvidence.startedAt }, revision })
  })

  it('says which host cannot be read any more, and keeps what was read of it', () => {
    const trouble = failedHealth(new AppError('host_unreachable', 'cmp2 did not answer.', { host: 'cmp2' }), null)
    const health = new Map([
      ['cmp1', reachableHealth('2026-01-01T00:00:00.000Z')],
      ['cmp2', trouble],
    ])
    const path = computePath({ ...new Cloud({ type: 'vxlan' }).input, health }, ports.web1, ports.web2)
    if (!isPath(path)) throw new Error(path.code)
    expect(path.hosts.map(({ observedAt, trouble: known }) => [observedAt, known])).toEqual([
      ['2026-01-01T00:00:00.000Z', null],
      ['2026-01-01T00:00:00.000Z', trouble],
    ])
  })
})

describe('no path', () => {
  const topology = new Cloud({ type: 'vxlan' }).topology
  const ask = (edit: object, source: string = ports.web1, destination: string = ports.web2) =>
    computePath({ topology: { ...topology, ...edit }, observations: new Map() }, source, destination)
  const editPorts = (patch: object) => ({ ports: topology.ports.map((port) => (port.id === ports.web2 ? { ...port, ...patch } : port)) })

  it.each([
    ['same_port', ask({}, ports.web1, ports.web1)],
    ['unknown_port', ask({}, ports.web1, 'nothing')],
    ['not_bound', ask(editPorts({ hostId: null }))],
    ['not_bound', ask(editPorts({ deviceOwner: '' }))],
    [
      'different_networks',
      ask({ networks: [...topology.networks, { ...topology.networks[0]!, id: 'n2', name: 'net-b' }], ...editPorts({ networkId: 'n2' }) }),
    ],
  ])('%s', (code, result) => expect(result).toMatchObject({ code }))
})
