import { describe, expect, it } from 'vitest'
import type { HostState } from '../../host/host-state'
import type { IptablesChain } from '../../host/iptables'
import type { Link } from '../../host/link'
import { ids, sampleTopology } from '../../testing/sample-topology'
import { parentId, trunkTopology } from '../../testing/sample-trunk'
import { compileHost } from '../compile'

const all = sampleTopology({ linuxBridge: [1, 2] })
const [net1, cmp1, cmp2] = [1, 2, 3].map((index) => compileHost(all, ids.host(index))) as [HostState, HostState, HostState]
const link = (state: HostState, name: string): Link | undefined => state.links.find((each) => each.name === name)
const chain = (state: HostState, name: string): IptablesChain | undefined => state.iptables.find((each) => each.chain === name)

// docs/reference/linux-bridge.md; networks of the sample: flat, VLAN 120, VXLAN 1507.
describe('a host with the Linux bridge agent', () => {
  it('has no Open vSwitch', () => expect([cmp1.ovsBridges, cmp1.ovsPorts, cmp1.flows]).toEqual([[], [], []]))

  it.each(['brqdd000001-00', 'brqdd000002-00', 'brqdd000003-00'])('has the bridge %s, without STP or delay', (name) => {
    expect(link(cmp1, name)).toMatchObject({ type: 'bridge', isUp: true, bridge: { hasStp: false, forwardDelay: 0, ageingTime: 30_000 } })
    expect(cmp1.sysctls).toContainEqual({ netns: '', key: `net/ipv6/conf/${name}/disable_ipv6`, value: '1' })
    expect(cmp1.addresses.filter((address) => address.link === name)).toEqual([])
  })

  it.each([
    ['flat', 'ens38', { type: 'physical', owner: null, master: 'brqdd000001-00' }],
    ['vlan', 'ens38.120', { type: 'vlan', vlan: { lower: 'ens38', id: 120 }, master: 'brqdd000002-00', mtu: 1500, isUp: true }],
    [
      'vxlan',
      'vxlan-1507',
      {
        type: 'vxlan',
        vxlan: { vni: 1507, local: '192.168.150.12', port: 4789, lower: 'ens37' },
        master: 'brqdd000003-00',
        mtu: 1450,
        isUp: true,
      },
    ],
  ])('a %s network leaves by %s', (_, name, wanted) => expect(link(cmp1, name)).toMatchObject(wanted))

  it('says in the bridge which NIC was put into it', () => {
    expect(link(cmp1, 'brqdd000001-00')?.uplink).toBe('ens38')
    expect(link(cmp1, 'brqdd000002-00')?.uplink).toBeNull()
  })

  it('has the VTEP address on the NIC, labelled as ours', () =>
    expect(cmp1.addresses).toEqual([{ netns: '', link: 'ens37', cidr: '192.168.150.12/24', label: 'ens37:tl' }]))

  it('plugs VMs straight into the bridge', () => {
    expect(cmp1.domains.map((domain) => domain.interfaces.map(({ source, target }) => [source, target]))).toContainEqual([
      ['brqdd000003-00', 'tapff000032-00'],
    ])
    expect(link(cmp1, 'tapff000032-00')).toEqual({
      netns: '',
      name: 'tapff000032-00',
      type: 'tap',
      owner: null,
      isUp: true,
      mtu: 1450,
      master: 'brqdd000003-00',
    })
  })

  it('sends each MAC to its own VTEP and floods to all, whatever their agent', () => {
    const entry = (macAddress: string, destination: string) => ({ link: 'vxlan-1507', macAddress, destination, isStatic: true })
    expect(cmp1.fdb).toEqual([
      entry('00:00:00:00:00:00', '192.168.150.11'),
      entry('00:00:00:00:00:00', '192.168.150.13'),
      entry('fa:16:3e:00:03:01', '192.168.150.11'),
      entry('fa:16:3e:00:03:03', '192.168.150.13'),
    ])
  })

  it('is in the flood list of an Open vSwitch host', () => {
    const flood = cmp2.flows.find((flow) => flow.bridge === 'br-tun' && flow.table === 22 && flow.priority === 1)
    expect(flow(flood?.actions)).toEqual(['output:vxlan-c0a8960b', 'output:vxlan-c0a8960c'])
  })
  const flow = (actions: string | undefined) => actions?.split(',').filter((action) => action.startsWith('output:'))

  it('serves DHCP by a veth pair', () => {
    const netns = `qdhcp-${ids.network(2)}`
    expect(link(net1, 'ns-ff000021-00')).toMatchObject({
      netns,
      type: 'veth',
      macAddress: 'fa:16:3e:00:02:01',
      peer: { netns: '', name: 'tapff000021-00' },
    })
    expect(link(net1, 'tapff000021-00')).toMatchObject({
      netns: '',
      type: 'veth',
      master: 'brqdd000002-00',
      peer: { netns, name: 'ns-ff000021-00' },
    })
    expect(net1.dnsmasq.find((instance) => instance.netns === netns)?.argv).toContain('--interface=ns-ff000021-00')
  })
})

const untagged = ['-p 802_1Q -j DROP', '-p 0x88a8 -j DROP']

describe('the filter of a port', () => {
  it('lets its own MAC and addresses out, and no tagged frame either way', () => {
    expect(chain(cmp1, 'tapline-i-tapff000032-00')?.rules).toEqual([
      ...untagged,
      '-p ARP -s fa:16:3e:00:03:02 --arp-ip-src 10.0.3.3 -j RETURN',
      '-p ARP -j DROP',
      '-s fa:16:3e:00:03:02 -j RETURN',
      '-j DROP',
    ])
    expect(chain(cmp1, 'tapline-o-tapff000032-00')?.rules).toEqual(untagged)
    expect(chain(cmp1, 'PREROUTING')?.rules).toContain('-i tapff000032-00 -j tapline-i-tapff000032-00')
    expect(chain(cmp1, 'POSTROUTING')?.rules).toContain('-o tapff000032-00 -j tapline-o-tapff000032-00')
  })

  it.each([
    ['without port security', { isPortSecurityEnabled: false }, untagged, untagged],
    ['of a dead port', { isAdminStateUp: false }, ['-j DROP'], ['-j DROP']],
  ])('%s', (_, change, out, into) => {
    const state = compileHost({ ...all, ports: all.ports.map((port) => ({ ...port, ...change })) }, ids.host(2))
    expect(chain(state, 'tapline-i-tapff000032-00')?.rules).toEqual(out)
    expect(chain(state, 'tapline-o-tapff000032-00')?.rules).toEqual(into)
  })

  it('does not concern DHCP servers', () => expect(net1.iptables.filter(({ family }) => family === 'bridge')).toEqual([]))
})

describe('a trunk', () => {
  const cmp = compileHost(trunkTopology({ linuxBridge: [1, 2] }), ids.host(2))
  it.each([
    ['tapff000038-00', 301, 'brqdd000003-00', 1450],
    ['tapff000018-00', 302, 'brqdd000001-00', 1500],
  ])('has %s for guest VLAN %i on the tap of its parent, in %s', (name, id, master, mtu) => {
    expect(link(cmp, name)).toMatchObject({ type: 'vlan', vlan: { lower: `tap${parentId.slice(0, 11)}`, id }, master, mtu, isUp: true })
    expect(cmp.sysctls).toContainEqual({ netns: '', key: `net/ipv6/conf/${name}/disable_ipv6`, value: '1' })
    expect(chain(cmp, `tapline-i-${name}`)?.rules).toHaveLength(6)
  })

  it('leaves the parent in its own bridge', () => expect(link(cmp, 'tapff000022-00')?.master).toBe('brqdd000002-00'))
})
