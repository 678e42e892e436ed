import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import { emptyHostState } from '../host/host-state'
import { explainBlastRadius } from '../explain/plan'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'
import type { SecurityGroupRule } from '../topology/kinds/security-group/security-group'
import type { Topology } from '../topology/topology'

import { findImpacts } from './impacts'
import type { HostPlan, Plan } from './plan'
import { listChanges } from './plan-host'
import { findWarnings } from './warnings'

const drawn = sampleTopology()
const host = ids.host(2)
const found = compileHost(drawn, host)
const going: HostPlan = {
  hostId: host,
  hostName: 'cmp1',
  observedAt: '',
  changes: listChanges(diffHost(emptyHostState, found)),
  steps: [],
  undo: [],
  blocked: [],
  kept: [],
}
const empty = { ...drawn, vms: [], ports: [], trunks: [], nestedUplinks: [] }
const vms = found.domains.map(({ title }) => `VM ${title}`)

it('what another registration left, once it is adopted, is in the blast radius of its removal: each VM and each port', () => {
  const impacts = findImpacts([going], empty, empty)
  expect(new Set(impacts.map(({ kind, reason }) => `${kind} ${reason.code}`))).toEqual(new Set(['removed of-no-design']))
  expect(impacts.map(({ label }) => label)).toEqual(expect.arrayContaining(vms))
  expect(impacts.length).toBeGreaterThan(vms.length)
  expect(explainBlastRadius({ hosts: [going], impacts } as unknown as Plan)).toBe(
    `${impacts.length} VMs and ports that no design here has go away.`,
  )
})

it('what a design here had is in it by its ports', () => {
  expect(findImpacts([going], empty, drawn).filter(({ reason }) => reason.code === 'of-no-design')).toEqual([])
})

/** From one design that is applied to the next. */
function planFrom(base: Topology, desired: Topology) {
  const hosts = desired.hosts.map(({ id, name }): HostPlan => {
    const diff = diffHost(compileHost(desired, id), compileHost(base, id))
    return {
      hostId: id,
      hostName: name,
      observedAt: '',
      changes: listChanges(diff),
      steps: renderSteps(diff, name),
      undo: [],
      blocked: [],
      kept: [],
    }
  })
  return { impacts: findImpacts(hosts, desired, base), warnings: findWarnings(hosts, desired) }
}
const vlan = sampleTopology({ networks: [2] })
const [vm, port] = [ids.vm(2, 2), ids.port(2, 2)]
const changed = (change: Partial<Topology['vms'][number]>, hostId = ids.host(2)): Topology => ({
  ...vlan,
  vms: vlan.vms.map((each) => (each.id === vm ? { ...each, ...change } : each)),
  ports: vlan.ports.map((each) => (each.id === port ? { ...each, hostId } : each)),
})

it('[PLAN-42] a VM that moves is one thing that happens to its port, where it comes to', () => {
  const { impacts, warnings } = planFrom(vlan, changed({ hostId: ids.host(3) }, ids.host(3)))
  expect(impacts.filter(({ portId }) => portId === port)).toMatchObject([
    { kind: 'rebuilt', hostId: ids.host(3), reason: { code: 'vm-moved', params: { from: 'cmp1', to: 'cmp2' } } },
  ])
  expect(warnings.filter(({ code }) => code === 'disk-not-carried')).toEqual([])
})

it('[PLAN-42] a disk that the guest writes to is not carried along, and a warning says so', () => {
  const boot = { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' } as const
  const { warnings } = planFrom(changed({ boot }), changed({ boot, hostId: ids.host(3) }, ids.host(3)))
  expect(warnings).toMatchObject([
    { code: 'disk-not-carried', subject: { id: vm }, params: { path: '/img/a.qcow2', from: 'cmp1', to: 'cmp2' } },
  ])
})

it('a VM that gets more memory is restarted', () => {
  expect(planFrom(vlan, changed({ memoryMib: 999, vcpus: 7 })).impacts).toMatchObject([
    { kind: 'rebuilt', portId: port, reason: { code: 'vm-restarted', params: { fields: ['memory (MiB)', 'vcpus'] } } },
  ])
})

it('a rule more or less changes the filter of the ports in its group, and nothing else of them', () => {
  const groupId = 'b7b5a1d0-0000-4000-8000-000000000001'
  const rule: SecurityGroupRule = {
    id: 'r',
    direction: 'ingress',
    etherType: 'IPv4',
    protocol: 'tcp',
    portRangeMin: 22,
    portRangeMax: 22,
    remoteIpPrefix: null,
    remoteGroupId: null,
    description: '',
  }
  const grouped = (rules: readonly SecurityGroupRule[]): Topology => ({
    ...drawn,
    securityGroups: [{ id: groupId, projectId: ids.project, name: 'web', rules }],
    ports: drawn.ports.map((port, index) =>
      port.id === ids.port(2, 2) ? { ...port, securityGroupIds: [groupId], conntrackZone: 4097 + index } : port,
    ),
  })
  for (const [base, desired] of [
    [[], [rule]],
    [[rule], []],
  ] as const) {
    const { impacts } = planFrom(grouped(base), grouped(desired))
    expect(impacts.map(({ kind, portId, reason }) => [kind, portId, reason.code])).toEqual([['filtered', ids.port(2, 2), 'filter-changes']])
  }
})

it('calls a port of a router what people call it', () => {
  const routerId = 'ad000009-0000-4000-8000-000000000001'
  const interfacePort: Topology['ports'][number] = {
    id: 'af000009-0000-4000-8000-000000000001',
    networkId: ids.network(2),
    name: '',
    macAddress: 'fa:16:3e:aa:00:09',
    fixedIps: [{ subnetId: ids.subnet(2), ipAddress: '10.0.2.1' }],
    hostId: null,
    deviceOwner: 'network:router_interface_distributed',
    deviceId: routerId,
    isAdminStateUp: true,
    isPortSecurityEnabled: false,
  }
  const router = { id: routerId, projectId: ids.project, name: 'r1', isAdminStateUp: true, isDistributed: true, hostId: null, gateway: null, floatingIpMode: 'dvr' as const, routes: [] } // prettier-ignore
  const routed = { ...vlan, routers: [router], ports: [...vlan.ports, interfacePort] }
  const labels = planFrom(vlan, routed).impacts.map(({ kind, label }) => `${kind} ${label}`)
  expect(labels.filter((label) => label.includes('10.0.2.1)'))).toEqual(Array(3).fill('new router r1 in vlan (10.0.2.1)'))
})
