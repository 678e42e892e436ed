// Sample plans for the gallery and for tests of pure view logic.

import { changeCommand } from '../../commands/command'
import { block, hostSubject } from '../../plan/subjects'
import type { HostPlan, Plan, ResourceChange, Step } from '../../plan/plan'
import type { ObjectChange } from '../../plan/change'
import { blueId, cmp1, cmp2 } from './paths'

const web1Port = '9f9c98cb-13aa-4b6e-b4f7-0d9e4c3b2a10'
const web1Owner = { kind: 'port', id: web1Port } as const

const objects: readonly ObjectChange[] = [
  {
    action: 'create',
    kind: 'network',
    id: blueId,
    name: 'blue',
    fields: [
      { field: 'type', from: null, to: 'vxlan' },
      { field: 'segmentationId', from: null, to: '100' },
      { field: 'mtu', from: null, to: '1450' },
    ],
  },
  {
    action: 'create',
    kind: 'subnet',
    id: 'b1ee0000-3c5a-4f0e-9d5a-2f1f5a9c7d11',
    name: 'blue-v4',
    fields: [{ field: 'cidr', from: null, to: '10.0.5.0/24' }],
  },
  {
    action: 'create',
    kind: 'vm',
    id: 'aa110000-3c5a-4f0e-9d5a-2f1f5a9c7d11',
    name: 'web-1',
    fields: [{ field: 'host', from: null, to: 'cmp1' }],
  },
  { action: 'create', kind: 'port', id: web1Port, name: 'web-1-eth0', fields: [{ field: 'fixedIps', from: null, to: '10.0.5.9' }] },
  {
    action: 'change',
    kind: 'subnet',
    id: 'cc110000-3c5a-4f0e-9d5a-2f1f5a9c7d11',
    name: 'red-v4',
    fields: [{ field: 'gatewayIp', from: '10.0.9.1', to: '10.0.9.254' }],
  },
  { action: 'remove', kind: 'vm', id: 'dd110000-3c5a-4f0e-9d5a-2f1f5a9c7d11', name: 'old-db', fields: [] },
]

const step = (host: string, index: number, title: string, reason: string, argv: readonly string[], stdin?: string): Step => ({
  id: `${host}/${index}`,
  title,
  reason,
  command: changeCommand(argv, stdin === undefined ? {} : { stdin }),
})

const flows = `bundle add-flow table=0,priority=10,cookie=0x74619f9c98cb13aa,arp,in_port=qvo9f9c98cb-13,actions=resubmit(,24)
bundle add-flow table=0,priority=9,cookie=0x74619f9c98cb13aa,in_port=qvo9f9c98cb-13,actions=resubmit(,25)
bundle add-flow table=24,priority=2,cookie=0x74619f9c98cb13aa,arp,in_port=qvo9f9c98cb-13,arp_spa=10.0.5.9,actions=resubmit(,25)
bundle add-flow table=25,priority=2,cookie=0x74619f9c98cb13aa,in_port=qvo9f9c98cb-13,dl_src=fa:16:3e:5c:10:21,actions=resubmit(,30)
`

const change = (
  action: ResourceChange['action'],
  kind: ResourceChange['kind'],
  label: string,
  fields: ResourceChange['fields'] = [],
): ResourceChange => ({
  action,
  kind,
  key: `${kind}/${label}`,
  label,
  owner: web1Owner,
  fields,
})

const cmp1Changes: readonly ResourceChange[] = [
  change('create', 'links', 'bridge qbr9f9c98cb-13'),
  change('create', 'links', 'veth qvb9f9c98cb-13 – qvo9f9c98cb-13'),
  change('create', 'sysctls', 'net/ipv6/conf/qbr9f9c98cb-13/disable_ipv6 = 1'),
  change('create', 'ovsPorts', 'port qvo9f9c98cb-13 on br-int'),
  change('change', 'ovsPorts', 'port tapd4c0ffee-0b on br-int', [{ field: 'tag', from: '4095', to: '3' }]),
  ...flows
    .trim()
    .split('\n')
    .map((line) => change('create', 'flows', `flow br-int ${line.replace('bundle add-flow ', '').replace(/cookie=[^,]+,/, '')}`)),
  change('remove', 'flows', 'flow br-tun table=22,priority=1,dl_vlan=9'),
  change('create', 'domains', 'VM web-1'),
]

export const cmp1Plan: HostPlan = {
  hostId: cmp1.id,
  hostName: cmp1.name,
  observedAt: '2026-11-20T23:41:07.000Z',
  changes: cmp1Changes,
  steps: [
    step(
      'cmp1',
      0,
      'Create the plug of web-1',
      'VM web-1 needs its tap bridge, and qbr with qvb and qvo is how a hybrid port is plugged.',
      ['ip', '-batch', '-'],
      'link add qbr9f9c98cb-13 type bridge forward_delay 0 stp_state 0 mcast_snooping 0 ageing_time 0\nlink add qvb9f9c98cb-13 type veth peer name qvo9f9c98cb-13\nlink set qvb9f9c98cb-13 mtu 1450 promisc on master qbr9f9c98cb-13 up\nlink set qvo9f9c98cb-13 mtu 1450 promisc on up\n',
    ),
    step('cmp1', 1, 'Quieten qbr9f9c98cb-13', 'The bridge must not answer ARP or speak IPv6.', [
      'sysctl',
      '-w',
      'net/ipv6/conf/qbr9f9c98cb-13/disable_ipv6=1',
      'net/ipv4/conf/qbr9f9c98cb-13/arp_ignore=1',
    ]),
    step('cmp1', 2, 'Add qvo9f9c98cb-13 to br-int', 'The port joins dead (tag 4095) until its flows are there.', [
      'ovs-vsctl',
      '--may-exist',
      'add-port',
      'br-int',
      'qvo9f9c98cb-13',
      'tag=4095',
      '--',
      'set',
      'Interface',
      'qvo9f9c98cb-13',
      `external_ids:iface-id=${web1Port}`,
      'external_ids:iface-status=active',
    ]),
    step(
      'cmp1',
      3,
      'Write 4 flows on br-int',
      'ARP and MAC of web-1 are checked where it enters.',
      ['ovs-ofctl', '--bundle', 'add-flows', 'br-int', '-'],
      flows,
    ),
    step('cmp1', 4, 'Set local VLAN 3 on qvo9f9c98cb-13', 'Only now may packets pass.', [
      'ovs-vsctl',
      'set',
      'Port',
      'qvo9f9c98cb-13',
      'tag=3',
    ]),
    step(
      'cmp1',
      5,
      'Define and start web-1',
      'The VM is plugged into qbr9f9c98cb-13.',
      ['virsh', 'create', '/dev/stdin'],
      "<domain type='qemu'><name>web-1</name></domain>\n",
    ),
  ],
  undo: [
    step('cmp1', 100, 'Stop web-1', 'It was not there before.', ['virsh', 'destroy', 'web-1']),
    step('cmp1', 101, 'Take qvo9f9c98cb-13 off br-int', 'It was not there before.', [
      'ovs-vsctl',
      '--if-exists',
      'del-port',
      'br-int',
      'qvo9f9c98cb-13',
    ]),
    step(
      'cmp1',
      102,
      'Remove the plug of web-1',
      'It was not there before.',
      ['ip', '-batch', '-'],
      'link del qbr9f9c98cb-13\nlink del qvb9f9c98cb-13\n',
    ),
  ],
  blocked: [],
  kept: [
    {
      code: 'bridge-kept-for-port',
      severity: 'note',
      subject: { kind: 'ovsBridges', id: 'br-ens38', name: 'br-ens38' },
      params: { port: 'eth-lab' },
    },
  ],
}

export const cmp2Plan: HostPlan = {
  ...cmp1Plan,
  hostId: cmp2.id,
  hostName: cmp2.name,
  changes: [
    change('create', 'flows', 'flow br-tun table=22,priority=1,dl_vlan=7'),
    change('create', 'flows', 'flow br-tun table=4,priority=1,tun_id=0x64'),
  ],
  steps: [
    step(
      'cmp2',
      0,
      'Write 2 flows on br-tun',
      'VNI 100 must reach local VLAN 7.',
      ['ovs-ofctl', '--bundle', 'add-flows', 'br-tun', '-'],
      'bundle add-flow table=4,priority=1,tun_id=0x64,actions=mod_vlan_vid:7,resubmit(,10)\n',
    ),
  ],
  undo: [
    step(
      'cmp2',
      100,
      'Remove 2 flows from br-tun',
      'They were not there before.',
      ['ovs-ofctl', '--bundle', 'del-flows', 'br-tun', '-'],
      'table=4,tun_id=0x64\n',
    ),
  ],
  kept: [],
}

export const samplePlan: Plan = {
  id: '11110000-2222-4333-8444-555566667777',
  createdAt: '2026-11-20T23:41:08.000Z',
  baseRevision: 4,
  topologyDigest: 'sha256:7d1f',
  objects,
  hosts: [cmp1Plan, cmp2Plan],
  impacts: [
    { kind: 'new', hostId: cmp1.id, portId: web1Port, label: 'web-1 eth0 (10.0.5.9)', reason: { code: 'plugged-first', params: {} } },
    {
      kind: 'rebuilt',
      hostId: cmp1.id,
      portId: 'd4c0ffee-0b5e-4c6d-9e1a-00112233aabb',
      label: 'DHCP of blue (10.0.5.2)',
      reason: { code: 'made-anew', params: {} },
    },
    {
      kind: 'removed',
      hostId: cmp2.id,
      portId: 'ee110000-0b5e-4c6d-9e1a-00112233aabb',
      label: 'old-db eth0 (10.0.9.7)',
      reason: { code: 'leaves-host', params: {} },
    },
  ],
}

export const blockedPlan: Plan = {
  ...samplePlan,
  hosts: [
    {
      ...cmp1Plan,
      blocked: [
        block(
          { kind: 'ovsBridges', id: 'br-tun', name: 'br-tun' },
          {
            code: 'foreign-in-the-way',
            params: { host: cmp1.name, thing: { code: 'resource', params: { label: 'OVS bridge br-tun' } }, owner: null },
          },
        ),
        block(hostSubject(cmp1), {
          code: 'other-registration',
          params: { host: cmp1.name, formerId: '5e6f7a8b-4600-4000-8000-0000000000aa', count: 12 },
        }),
      ],
    },
    {
      ...cmp2Plan,
      blocked: [block({ kind: 'links', id: '/ens37', name: 'ens37' }, { code: 'nic-carries-ssh', params: { host: cmp2.name, by: null } })],
    },
  ],
}

export const emptyPlan: Plan = {
  ...samplePlan,
  objects: [],
  impacts: [],
  hosts: samplePlan.hosts.map((host) => ({ ...host, changes: [], steps: [], undo: [], kept: [] })),
}

/** As long as a real first build of a rack. */
export const longPlan: Plan = {
  ...samplePlan,
  hosts: [
    {
      ...cmp1Plan,
      changes: Array.from({ length: 4_000 }, (_, index) =>
        change(
          index % 9 === 0 ? 'remove' : 'create',
          index % 3 === 0 ? 'ovsPorts' : 'flows',
          `flow br-int table=25,priority=2,in_port=qvo${index.toString(16).padStart(8, '0')}-13`,
        ),
      ),
    },
    cmp2Plan,
  ],
}
