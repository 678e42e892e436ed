// The whole way of packets through two hosts of a real Neutron, as they were read: VM to VM, through a distributed router, and where
// faults that were made by hand stop them.

import { describe, expect, it } from 'vitest'
import type { HostObservation } from '../host/observation'
import { unknownPartOf } from '../host/unknown-parts'
import { loadNeutronCloud, type CloudStage, type Edit } from '../parse/fixtures/load-neutron-cloud'
import { Fleet } from './fleet'
import { arpRequest, echoRequest, type Frame } from './frame'
import { endsOf, findHop, ipOf, rulesIn, showWalk } from './testing/show-walk'
import { walk } from './walk'

const vm1 = { mac: 'fa:16:3e:5e:1a:6f', ip: '10.0.1.11', tap: { hostId: 'nref-h1', device: 'tapf4513237-f5' } }
const vm2 = { mac: 'fa:16:3e:da:ec:c3', ip: '10.0.1.12', tap: { hostId: 'nref-h2', device: 'tap7668b6f4-2d' } }
/** On the other network, on the other host: the router asks for it, and br-tun answers (l2population). */
const far = { mac: 'fa:16:3e:4f:0a:3f', ip: '10.0.2.12', tap: { hostId: 'nref-h2', device: 'tap862840a0-dd' } }

/** A section that the reading lacks. */
const withSection =
  (name: string, text: string): Edit =>
  (reading) =>
    `${text}\n@@abcdef0123456789 0 ${name}\n${reading}`

function fleetOf(stage: CloudStage, edit: Edit = (text) => text): Fleet {
  const hosts = [...loadNeutronCloud(stage, { h1: edit, h2: edit }).values()]
  return new Fleet({
    hosts: hosts.map(walkHost),
    wires: ['eth0', 'eth1', 'eth2', 'eth3'].map((device) => hosts.map(({ hostId }) => ({ hostId, device }))),
    guests: [vm1, vm2, far].map(({ mac, ip, ...rest }) => ({ macAddress: mac, ipAddresses: [ip], ...rest })),
  })
}

const walkHost = (host: HostObservation) => ({
  hostId: host.hostId,
  name: host.facts.hostname,
  state: host.state,
  unread: (kind: Parameters<typeof unknownPartOf>[1], place?: Parameters<typeof unknownPartOf>[2]) => unknownPartOf(host, kind, place),
})

const from = (fleet: Fleet, { tap }: typeof vm1, frame: Frame) =>
  walk(fleet, { hostId: tap.hostId, netns: '', device: tap.device, frame, as: 'sent-by-guest' }).root
const onTheWay = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((line) => !/br-vlan|br-ex|dropped/.test(line))

describe('a real Neutron', () => {
  it('from VM to VM on another host, every hop', () => {
    expect(onTheWay(showWalk(from(fleetOf('20-provider'), vm1, echoRequest(vm1, vm2))))).toEqual([
      'nref-h1 guest tapf4513237-f5', 'nref-h1 tap tapf4513237-f5', 'nref-h1 linux-bridge qbrf4513237-f5', 'nref-h1 veth qvbf4513237-f5', 'nref-h1 veth qvof4513237-f5',
      'nref-h1 ovs-bridge br-int', 'nref-h1 ovs-patch patch-tun', 'nref-h1 ovs-patch patch-int', 'nref-h1 ovs-bridge br-tun', 'nref-h1 ovs-tunnel vxlan-0a62000c',
      'nref-h1 stack', 'nref-h1 ovs-internal br-tunnel-if', 'nref-h1 ovs-bridge br-tunnel-if', 'nref-h1 nic eth1', 'between wire eth1',
      'nref-h2 nic eth1', 'nref-h2 ovs-bridge br-tunnel-if', 'nref-h2 ovs-tunnel vxlan-0a62000b', 'nref-h2 ovs-bridge br-tun', 'nref-h2 ovs-patch patch-int',
      'nref-h2 ovs-patch patch-tun', 'nref-h2 ovs-bridge br-int', 'nref-h2 veth qvo7668b6f4-2d', 'nref-h2 veth qvb7668b6f4-2d', 'nref-h2 linux-bridge qbr7668b6f4-2d',
      'nref-h2 tap tap7668b6f4-2d', 'nref-h2 guest tap7668b6f4-2d delivered guest',
    ]) // prettier-ignore
  })

  it('the outer packet has the addresses and MACs of the VTEPs, found by ARP, and the VNI', () => {
    const onWire = findHop(from(fleetOf('20-provider'), vm1, echoRequest(vm1, vm2)), 'wire', 'eth1')?.in
    expect(onWire).toMatchObject({
      sourceMac: 'a6:37:89:f5:8c:4f',
      payload: {
        source: '10.98.0.11',
        destination: '10.98.0.12',
        transport: { destinationPort: 4789, tunnelled: { vni: 1507, frame: echoRequest(vm1, vm2) } },
      },
    })
  })

  it.each([
    ['ARP for a foreign address', arpRequest({ mac: vm1.mac, ip: '10.0.1.77' }, vm2.ip)],
    ['a foreign MAC', echoRequest({ mac: '02:00:00:00:00:99', ip: vm1.ip }, vm2)],
  ])('spoofed, %s: nothing is delivered', (_, frame) => {
    const root = from(fleetOf('20-provider'), vm1, frame)
    expect(endsOf(root).filter(({ kind }) => kind !== 'dropped')).toEqual([])
    expect(findHop(root, 'ovs-bridge', 'br-int')?.end).toMatchObject({ kind: 'dropped' })
  })

  it('iptables on the qbr: dropped where br_netfilter is on, by the rule; not known where nobody read whether it is', () => {
    const end = (edit?: Edit) => findHop(from(fleetOf('25-firewall', edit), vm1, echoRequest(vm1, vm2)), 'linux-bridge', 'qbr7668b6f4-2d')
    expect(end()?.end).toMatchObject({ kind: 'unknown', code: 'unread', params: { about: 'net/bridge/bridge-nf-call-iptables' } })
    const on = end(withSection('sysctl ', 'net/ipv4/ip_forward:0\nnet/bridge/bridge-nf-call-iptables:1'))
    expect(on?.end).toMatchObject({
      kind: 'dropped',
      code: 'iptables-drops',
      params: { chain: 'neutron-openvswi-i7668b6f4-2', position: 1, text: '-j DROP' },
    })
    expect(on && rulesIn(on).at(-2)).toContain('--physdev-out tap7668b6f4-2d --physdev-is-bridged')
    expect(end(withSection('sysctl ', 'net/ipv4/ip_forward:0'))?.end).toBeNull()
  })

  it.each([
    ['a line that was not understood', (text: string) => text.replaceAll(':FORWARD ACCEPT', '-Z something new\n:FORWARD ACCEPT')],
    [
      'a table that nft filled beside iptables',
      (text: string) =>
        text.replaceAll('*filter\n', "# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.\n*filter\n"),
    ],
    [
      'tables of the other iptables',
      withSection('errors namespace', '# Warning: iptables-legacy tables present, use iptables-legacy-save to see them'),
    ],
  ])('iptables that were not read as a whole are not known: %s', (_, edit) => {
    const on = withSection('sysctl ', 'net/ipv4/ip_forward:0\nnet/bridge/bridge-nf-call-iptables:1')
    // Without the rule that drops, so that all that was read lets the packet pass.
    const passing: Edit = (text) => edit(on(text)).replace('-A neutron-openvswi-i7668b6f4-2 -j DROP\n', '')
    expect(findHop(from(fleetOf('25-firewall', passing), vm1, echoRequest(vm1, vm2)), 'linux-bridge', 'qbrf4513237-f5')?.end).toMatchObject(
      { kind: 'unknown', code: 'unread' },
    )
  })

  it('through a distributed router: one hop less to live, the MACs of the other network', () => {
    const netns = 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78'
    const conf = ['all', 'qr-3a359ab0-47', 'qr-635fdcfe-f2'].map((device) => `net/ipv4/conf/${device}/rp_filter:0`)
    const fleet = fleetOf('40-router', withSection(`sysctl ${netns}`, ['net/ipv4/ip_forward:1', ...conf].join('\n')))
    const root = from(fleet, vm1, echoRequest(vm1, { mac: 'fa:16:3e:4c:90:64', ip: far.ip }))
    const router = findHop(root, 'stack', netns)
    expect(router?.branches.map(({ out, outPort }) => [outPort, out.sourceMac, out.destinationMac, ipOf(out)?.ttl])).toEqual([
      ['qr-635fdcfe-f2', 'fa:16:3e:21:7c:f5', far.mac, 63],
    ])
    expect(endsOf(root).filter(({ kind }) => kind === 'delivered')).toEqual([{ kind: 'delivered', to: 'guest' }])
    expect(findHop(root, 'guest', far.tap.device)).toMatchObject({
      in: { sourceMac: 'fa:16:3e:21:7c:f5', destinationMac: far.mac },
      end: { kind: 'delivered' },
    })
  })

  it('a router of which nobody read whether it forwards: not known', () => {
    const root = from(fleetOf('40-router'), vm1, echoRequest(vm1, { mac: 'fa:16:3e:4c:90:64', ip: far.ip }))
    expect(findHop(root, 'stack', 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78')?.end).toMatchObject({ kind: 'unknown', code: 'unread' })
  })
})
