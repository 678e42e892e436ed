// A distributed router with a floating IP, inside two namespaces, with more of each kind than Neutron's would have
// (docs/reference/routers.md). No design compiles to it yet; it is what the kinds are tried with.

import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { Service } from '../host/service'
import type { Sysctl } from '../host/sysctl'
import { stateOf } from './planned'

export const routerOwner = { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const
export const [ROUTER, FIP] = ['qrouter-lab', 'fip-lab']
const owner = routerOwner
const externalIds = { tapline: `network/${owner.id}` }
const end = (netns: string, name: string, peer: Pick<Link, 'netns' | 'name'>): Link => ({
  netns,
  name,
  type: 'veth',
  owner,
  peer,
  isUp: true,
  mtu: 1400,
})
export const pair = (one: string, other: string): Link[] => [
  end(one, 'rfp-lab', { netns: other, name: 'fpr-lab' }),
  end(other, 'fpr-lab', { netns: one, name: 'rfp-lab' }),
]
const sysctl = (netns: string, key: string, value: string): Sysctl => ({ netns, key: `net/${key}`, value })
export const port = (netns: string): Link => ({
  netns,
  name: 'qr-lab',
  type: 'ovs-internal',
  owner,
  isUp: true,
  macAddress: 'fa:16:3e:00:00:01',
})
const ovs: Partial<HostState> = {
  ovsBridges: [{ name: 'br-lab', owner, datapathType: 'netdev', failMode: 'secure', protocols: [], otherConfig: {}, externalIds }],
  ovsPorts: [
    {
      bridge: 'br-lab',
      name: 'qr-lab',
      owner,
      tag: 5,
      vlanMode: null,
      trunks: [],
      otherConfig: {},
      externalIds,
      interface: { type: 'internal', options: {}, externalIds: {} },
    },
  ],
}

/** Any daemon will do that goes to the background and tells its pid. */
export const serviceDirectory = '/var/lib/tapline/services/dns-lab'
export const daemon: Service = {
  name: 'dns-lab',
  owner,
  netns: ROUTER,
  argv: ['dnsmasq', `--conf-file=${serviceDirectory}/etc/dns.conf`, `--pid-file=${serviceDirectory}/pid`],
  files: { 'dns.conf': 'bind-interfaces\nlisten-address=10.0.0.1\nno-resolv\n', 'names.txt': '' },
  isRunning: true,
}
export const sampleRouter = stateOf({
  ...ovs,
  namespaces: [ROUTER, FIP].map((name) => ({ name, owner })),
  links: [...pair(ROUTER, FIP), port(ROUTER)],
  addresses: [
    { netns: ROUTER, link: 'qr-lab', cidr: '10.0.0.1/24' },
    { netns: ROUTER, link: 'rfp-lab', cidr: '169.254.64.0/31' },
    { netns: FIP, link: 'fpr-lab', cidr: '169.254.64.1/31' },
  ],
  routes: [
    { netns: ROUTER, table: '16', destination: 'default', via: '169.254.64.1', link: 'rfp-lab' },
    { netns: ROUTER, table: 'main', destination: '10.9.0.0/16', type: 'unreachable', metric: 500 },
    { netns: ROUTER, table: 'main', destination: '10.8.0.0/16', type: 'blackhole' },
    { netns: ROUTER, table: 'main', destination: '10.7.0.0/16', type: 'prohibit' },
    { netns: ROUTER, table: '17', destination: '10.6.0.0/16', type: 'throw' },
    {
      netns: ROUTER,
      table: '17',
      destination: '10.5.0.0/16',
      via: '192.0.2.1',
      link: 'qr-lab',
      isOnlink: true,
      source: '10.0.0.1',
      protocol: 'static',
      metric: 7,
    },
    { netns: ROUTER, table: 'main', destination: '2001:db8::/32', type: 'unreachable' },
    { netns: FIP, table: 'main', destination: '203.0.113.9/32', via: '169.254.64.0', link: 'fpr-lab' },
  ],
  rules: [
    { netns: ROUTER, priority: 57481, source: '10.0.0.5/32', table: '16' },
    {
      netns: ROUTER,
      priority: 100,
      source: 'all',
      table: '17',
      inputLink: 'qr-lab',
      destination: '10.5.0.0/16',
      mark: { value: 0x4000000, mask: 0xffff0000 },
    },
    { netns: FIP, priority: 2852003613, source: 'all', table: '2852003613', inputLink: 'fpr-lab' },
    { netns: FIP, priority: 101, source: '10.3.0.0/16', table: '17', isInverted: true },
    { netns: FIP, priority: 102, source: '10.3.0.0/16', table: '', action: 'prohibit' },
  ],
  neighbours: [
    { netns: ROUTER, link: 'qr-lab', address: '10.0.0.5', macAddress: 'fa:16:3e:00:00:05' },
    { netns: FIP, link: 'fpr-lab', address: '169.254.64.0', macAddress: 'fa:16:3e:00:00:06' },
  ],
  ipsets: [
    { netns: '', name: 'tapline-lab', type: 'hash:net', addressFamily: 'inet', entries: ['10.0.0.5'] },
    { netns: ROUTER, name: 'tapline-lab', type: 'hash:net', addressFamily: 'inet', maxElements: 100, entries: ['10.0.0.5', '10.1.0.0/16'] },
    // No rule looks into it.
    { netns: FIP, name: 'tapline-lab', type: 'hash:net,iface', addressFamily: 'inet6', entries: ['2001:db8::/48,fpr-lab'] },
  ],
  iptables: [
    {
      netns: ROUTER,
      family: 'ipv4',
      table: 'filter',
      chain: 'tapline-lab',
      policy: null,
      rules: ['-m set --match-set tapline-lab src -j ACCEPT'],
    },
  ],
  services: [daemon],
  sysctls: [
    sysctl(ROUTER, 'ipv4/conf/qr-lab/send_redirects', '0'),
    sysctl(ROUTER, 'ipv4/conf/qr-lab/arp_announce', '2'),
    sysctl(ROUTER, 'ipv4/conf/rfp-lab/rp_filter', '2'),
    sysctl(ROUTER, 'ipv4/conf/rfp-lab/forwarding', '0'),
    sysctl(ROUTER, 'ipv4/ip_forward', '1'),
    sysctl(FIP, 'ipv4/conf/fpr-lab/proxy_arp', '1'),
    sysctl(FIP, 'ipv4/neigh/fpr-lab/proxy_delay', '0'),
    sysctl(FIP, 'ipv4/ip_nonlocal_bind', '1'),
  ],
})
