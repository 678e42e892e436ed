// A small compute host with one VM, its DHCP namespace and something foreign; for tests and the gallery.

import type { HostInside, InsideLink, InsideOvsPort } from '@/server/core/api-types'

const PORT = '9f9c98cb-13aa-4c1e-8a5e-000000000001'
const NETWORK = '7668b6f4-2d11-4c1e-8a5e-000000000002'
const VM = '1c0de000-2d11-4c1e-8a5e-000000000003'
const owner = { kind: 'port', id: PORT } as const
const network = { kind: 'network', id: NETWORK } as const
const host = { kind: 'host', id: '0a11c0de-2d11-4c1e-8a5e-000000000004' } as const
const counters = { rxPackets: 12_431, txPackets: 11_902, rxDropped: 0, txDropped: 0 }

const link = (netns: string, name: string, more: Partial<InsideLink>): InsideLink => ({
  id: `${netns}/${name}`,
  netns,
  name,
  type: 'veth',
  kind: 'veth',
  owner: null,
  isOurs: more.owner !== undefined && more.owner !== null,
  isUp: true,
  operState: 'UP',
  mtu: 1450,
  macAddress: 'fe:16:3e:00:00:01',
  master: null,
  peer: null,
  addresses: [],
  counters,
  ovsPort: null,
  domain: null,
  ...more,
})

const ovsPort = (bridge: string, name: string, more: Partial<InsideOvsPort>): InsideOvsPort => ({
  id: `${bridge}/${name}`,
  bridge,
  name,
  owner: host,
  isOurs: true,
  type: 'system',
  tag: null,
  trunks: [],
  vlanMode: null,
  ofport: 1,
  error: null,
  peer: null,
  peerName: null,
  remoteAddress: null,
  localAddress: null,
  link: null,
  macAddress: null,
  externalIds: {},
  counters,
  ...more,
})

export const insideSpecimen: HostInside = {
  hostId: host.id,
  hostName: 'cmp1',
  observedAt: '2026-01-01T00:00:00.000Z',
  namespaces: [
    {
      name: '',
      owner: null,
      isOurs: false,
      bridges: [
        {
          bridge: link('', 'qbr9f9c98cb-13', { type: 'bridge', kind: 'bridge', owner }),
          ports: [
            link('', 'tap9f9c98cb-13', { type: 'tap', kind: 'tun', master: 'qbr9f9c98cb-13', domain: VM }),
            link('', 'qvb9f9c98cb-13', { owner, master: 'qbr9f9c98cb-13', peer: '/qvo9f9c98cb-13' }),
          ],
        },
        {
          bridge: link('', 'virbr0', {
            type: 'bridge',
            kind: 'bridge',
            isUp: false,
            operState: 'DOWN',
            addresses: ['192.168.122.1/24'],
          }),
          ports: [],
        },
      ],
      links: [
        link('', 'qvo9f9c98cb-13', {
          owner,
          peer: '/qvb9f9c98cb-13',
          ovsPort: { bridge: 'br-int', name: 'qvo9f9c98cb-13', tag: 3 },
        }),
        link('', 'ens3', { type: 'physical', kind: '', mtu: 1500, addresses: ['192.0.2.10/24'] }),
        link('', 'ens37', { type: 'physical', kind: '', mtu: 1500, addresses: ['192.168.150.10/24'] }),
        link('', 'ens38', {
          type: 'physical',
          kind: '',
          mtu: 1500,
          isUp: false,
          operState: 'DOWN',
          counters: { ...counters, rxDropped: 12 },
        }),
      ],
      routeCount: 4,
      dnsmasq: null,
    },
    {
      name: `qdhcp-${NETWORK}`,
      owner: network,
      isOurs: true,
      bridges: [],
      links: [
        link(`qdhcp-${NETWORK}`, 'tapf4513237-f5', {
          type: 'ovs-internal',
          kind: 'openvswitch',
          owner: network,
          addresses: ['10.0.0.2/24'],
          ovsPort: { bridge: 'br-int', name: 'tapf4513237-f5', tag: 3 },
        }),
      ],
      routeCount: 1,
      dnsmasq: { networkId: NETWORK, isRunning: true, leaseCount: 1 },
    },
  ],
  ovsBridges: [
    {
      name: 'br-int',
      owner: host,
      isOurs: true,
      datapathType: 'netdev',
      failMode: 'secure',
      controllers: [],
      flowCount: 21,
      ourFlowCount: 21,
      ports: [
        ovsPort('br-int', 'qvo9f9c98cb-13', { owner, tag: 3, ofport: 4, link: '/qvo9f9c98cb-13' }),
        ovsPort('br-int', 'tapf4513237-f5', {
          owner: network,
          type: 'internal',
          tag: 3,
          ofport: 5,
          link: `qdhcp-${NETWORK}/tapf4513237-f5`,
        }),
        ovsPort('br-int', 'br-int', { owner: null, isOurs: false, type: 'internal', ofport: null }),
        ovsPort('br-int', 'patch-tun', { type: 'patch', ofport: 2, peer: 'br-tun/patch-int' }),
        ovsPort('br-int', 'int-br-ens38', { type: 'patch', ofport: 3, peer: 'br-ens38/phy-br-ens38' }),
      ],
    },
    {
      name: 'br-tun',
      owner: host,
      isOurs: true,
      datapathType: 'netdev',
      failMode: 'secure',
      controllers: [],
      flowCount: 17,
      ourFlowCount: 17,
      ports: [
        ovsPort('br-tun', 'patch-int', { type: 'patch', peer: 'br-int/patch-tun' }),
        ovsPort('br-tun', 'vxlan-c0a8960b', {
          type: 'vxlan',
          ofport: 2,
          localAddress: '192.168.150.10',
          remoteAddress: '192.168.150.11',
        }),
      ],
    },
    {
      name: 'br-ens38',
      owner: host,
      isOurs: true,
      datapathType: 'netdev',
      failMode: 'secure',
      controllers: [],
      flowCount: 4,
      ourFlowCount: 4,
      ports: [
        ovsPort('br-ens38', 'phy-br-ens38', { type: 'patch', peer: 'br-int/int-br-ens38' }),
        ovsPort('br-ens38', 'ens38', {
          owner: null,
          isOurs: false,
          ofport: -1,
          error: 'could not open network device ens38 (No such device)',
          link: '/ens38',
        }),
      ],
    },
  ],
  domains: [
    {
      uuid: VM,
      name: 'instance-00000001',
      title: 'web-1',
      owner: { kind: 'vm', id: VM },
      isOurs: true,
      isRunning: true,
      state: null,
      memoryMib: 128,
      vcpus: 1,
      virtType: 'qemu',
      hasGuestAgent: true,
      interfaces: [
        {
          isOurs: true,
          type: 'bridge',
          source: 'qbr9f9c98cb-13',
          target: 'tap9f9c98cb-13',
          macAddress: 'fa:16:3e:00:00:01',
          model: 'virtio',
          link: '/tap9f9c98cb-13',
        },
      ],
    },
  ],
  unparsed: [
    {
      section: 'ovs-ofctl dump-flows br-int',
      text: ' cookie=0x0, table=0, priority=1,foo_bar=1 actions=NORMAL',
      reason: { code: 'unknown-key', params: { key: 'foo_bar' } },
    },
  ],
}
