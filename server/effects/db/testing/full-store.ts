// A store with something in every table, as an operator who uses everything leaves it: what migrations are tried on. `features` are those
// of an earlier version, which lacked some kind or column yet.

import { blockedPlan } from '@/server/core/explain/specimens/plans'
import { failedRun } from '@/server/core/explain/specimens/runs'
import { passedVerification } from '@/server/core/explain/specimens/verifications'
import type { RunEvent } from '@/server/core/plan/run'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import { nestedTopology } from '@/server/core/testing/sample-nested'
import { gatewayClusterEdits } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster-edits'
import { gatewayClusterInput } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster-input'
import { setHostPrepared } from '@/server/core/topology/kinds/host/host-edits'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { createFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-edits'
import { hostAggregateEdits } from '@/server/core/topology/kinds/host-aggregate/host-aggregate-edits'
import { createNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { createPort, updatePort } from '@/server/core/topology/kinds/port/port-edits'
import { createForwarding } from '@/server/core/topology/kinds/port-forwarding/port-forwarding-edits'
import { createRouter, updateRouter } from '@/server/core/topology/kinds/router/router-edits'
import { routerInput } from '@/server/core/topology/kinds/router/router-input'
import { addInterface } from '@/server/core/topology/kinds/router/router-interfaces'
import { addRules, createSecurityGroup } from '@/server/core/topology/kinds/security-group/security-group-edits'
import type { SecurityGroupInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { createSubnet } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { subnetInput } from '@/server/core/topology/kinds/subnet/subnet-input'
import { createTrunk } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { sortTopology } from '@/server/core/topology/order'
import { makeSample } from '@/server/core/topology/testing/sample'
import type { Topology } from '@/server/core/topology/topology'
import { systemIds } from '../../ids'
import type { Store } from '../store'
import { anObservation } from './records'

export interface Features {
  readonly hasTrunks: boolean
  readonly hasNestedUplinks: boolean
  readonly hasSecurityGroups: boolean
  readonly hasRouters: boolean
  readonly hasFloatingIps: boolean
  readonly hasFloatingIpModes: boolean
  readonly hasPortForwardings: boolean
  readonly hasHostAggregates: boolean
  readonly hasBridgeNetfilter: boolean
  readonly hasGatewayClusters: boolean
}

const DAY = '2026-11-21T00:00:00.000Z'

export const fullVerification: Verification = { ...passedVerification, startedAt: DAY }
export const fullObservation = (hostId: string) => anObservation(hostId, DAY)

const runEvents = (runId: string): RunEvent[] => {
  const { plan: _, ...run } = failedRun
  return [
    { runId, seq: 1, at: DAY, type: 'phase', phase: 'executing' },
    { runId, seq: 2, at: DAY, type: 'step', step: failedRun.steps[0]! },
    { runId, seq: 3, at: DAY, type: 'finished', run },
  ]
}

const verificationEvents = (verificationId: string): VerificationEvent[] => [
  { verificationId, seq: 1, at: DAY, type: 'progress', stage: { code: 'listening', params: { points: 3 } } },
  { verificationId, seq: 2, at: DAY, type: 'hop', evidence: fullVerification.hops[0]! },
  { verificationId, seq: 3, at: DAY, type: 'finished', verification: fullVerification },
]

/** Returns the id of a host that is entered with a password. */
export async function fillStore(store: Store, features: Features): Promise<string> {
  await store.edit(() => ({ ok: true, topology: features.hasNestedUplinks ? nestedCloud(features) : plainCloud(), value: null }))
  if (features.hasSecurityGroups) await addGroups(store)
  if (features.hasRouters) await addRouters(store)
  if (features.hasFloatingIps) await addFloatingIps(store, features)
  if (features.hasPortForwardings) await addForwarding(store)
  if (features.hasHostAggregates) await addAggregate(store)
  if (features.hasTrunks) await addTrunk(store)
  if (features.hasGatewayClusters) await addGatewayCluster(store)
  const access = {
    name: 'spare',
    address: '192.0.2.9',
    port: 22,
    user: 'root',
    auth: { kind: 'password', password: 'hunter2' },
    roles: ['compute'],
    hasRestoreUnit: false,
  }
  const { id } = await store.hosts.register(hostRegistrationInput.parse(access))
  const plan = { ...blockedPlan, id: failedRun.planId }
  await store.plans.save(plan)
  await store.revisions.record(await store.loadTopology(), plan.id)
  await store.runs.save({ ...failedRun, plan })
  for (const event of runEvents(failedRun.id)) await store.runs.appendEvent(event)
  await store.verifications.save(fullVerification)
  for (const event of verificationEvents(fullVerification.id)) await store.verifications.appendEvent(event)
  await store.observations.save(fullObservation(id))
  await store.made.save(id, [{ kind: 'links', key: 'qbr1', label: 'link qbr1', owner: null }])
  await store.observations.settle()
  return id
}

/** One host unlike what a migration would make of it. */
function nestedCloud({ hasBridgeNetfilter }: Features): Topology {
  const topology = sortTopology(nestedTopology())
  const [first, ...hosts] = topology.hosts
  return { ...topology, hosts: [{ ...first!, virtType: 'kvm', hasKvm: true, hasRestoreUnit: true, hasBridgeNetfilter }, ...hosts] }
}

/** From before hosts brought themselves back, and ports were filtered. */
function plainCloud(): Topology {
  const { topology } = makeSample().draft
  return {
    ...topology,
    hosts: topology.hosts.map((host) => ({ ...host, hasRestoreUnit: false })),
    securityGroups: [],
    ports: topology.ports.map(({ securityGroupIds: _groups, conntrackZone: _zone, ...port }) => port),
  }
}

/** Some port of a VM is filtered, and others are from before there were groups. */
async function addGroups(store: Store): Promise<void> {
  const { projects, vms } = await store.loadTopology()
  const rules: SecurityGroupInput['rules'] = [
    { direction: 'egress', etherType: 'IPv6' },
    {
      direction: 'ingress',
      etherType: 'IPv4',
      protocol: 'tcp',
      portRangeMin: 80,
      portRangeMax: 90,
      remoteIpPrefix: '10.0.0.0/8',
      description: 'pages',
    },
  ]
  const make = async (name: string) => (await store.edit(createSecurityGroup({ projectId: projects[0]!.id, name, rules }, systemIds))).id
  const [id, other] = [await make('default'), await make('web')]
  await store.edit(addRules(id, [{ direction: 'ingress', etherType: 'IPv4', remoteGroupId: other }], systemIds))
  const filter = { securityGroupIds: [id, other], allowedAddressPairs: [{ ipAddress: '10.9.0.0/24' }] }
  await store.edit(updatePort(vms[0]!.portIds[0]!, filter, systemIds))
}

/** One that leads out, and one that is distributed. */
async function addRouters(store: Store): Promise<void> {
  const { projects, physicalNetworks, subnets } = await store.loadTopology()
  const projectId = projects[0]!.id
  const [first, second] = subnets.filter(({ isDhcpEnabled }) => isDhcpEnabled)
  const wire = physicalNetworks.find(({ carrierId }) => carrierId === undefined)!
  const outside = { projectId, name: 'outside', type: 'vlan', physicalNetworkId: wire.id, isExternal: true } as const
  const { id: networkId } = await store.edit(createNetwork(outside, systemIds))
  await store.edit(createSubnet(subnetInput.parse({ networkId, name: 'outside', cidr: '203.0.113.0/24', isDhcpEnabled: false }), systemIds))
  const make = async (input: object) => (await store.edit(createRouter(routerInput.parse({ projectId, ...input }), systemIds))).id
  const routes = [{ destination: '10.9.0.0/16', nexthop: '203.0.113.9' }]
  const edge = await make({ name: 'edge', gateway: { networkId, isSnatEnabled: false }, routes })
  const inner = await make({ name: 'inner', isDistributed: true })
  await store.edit(addInterface(edge, { subnetId: first!.id }, systemIds))
  await store.edit(addInterface(inner, { subnetId: second!.id }, systemIds))
}

/** One of each router, which leads out for it if it did not before. */
async function addFloatingIps(store: Store, { hasFloatingIpModes }: Features): Promise<void> {
  const { networks, ports, projects, routers } = await store.loadTopology()
  const projectId = projects[0]!.id
  const networkId = networks.find(({ isExternal }) => isExternal)!.id
  const gateway = { networkId, isSnatEnabled: false }
  for (const { id, isDistributed } of routers) {
    await store.edit(updateRouter(id, { gateway, ...(hasFloatingIpModes && isDistributed && { floatingIpMode: 'by-hand' }) }, systemIds))
    const inside = new Set(ports.flatMap((port) => (port.deviceId === id ? port.fixedIps.map(({ subnetId }) => subnetId) : [])))
    const fixed = ports.find((port) => port.deviceOwner === 'compute:nova' && port.fixedIps.some(({ subnetId }) => inside.has(subnetId)))
    await store.edit(createFloatingIp({ projectId, networkId, fixedPortId: fixed?.id }, systemIds))
  }
}

async function addAggregate(store: Store): Promise<void> {
  const { hosts, projects } = await store.loadTopology()
  const fields = { name: 'fast', hostIds: hosts.map(({ id }) => id), projectIds: projects.map(({ id }) => id) }
  await store.edit(hostAggregateEdits.create.edit(fields, { ids: systemIds, now: DAY }))
}

/** Of a floating IP of the centralized router, beside that of the port itself. */
async function addForwarding(store: Store): Promise<void> {
  const { floatingIps, routers } = await store.loadTopology()
  const beside = floatingIps.find(({ routerId }) => routers.some(({ id, isDistributed }) => id === routerId && !isDistributed))!
  const { projectId, networkId, fixedPortId } = beside
  const { id: floatingIpId } = await store.edit(createFloatingIp({ projectId, networkId }, systemIds))
  const end = { internalPortId: fixedPortId!, internalPort: 80 }
  await store.edit(createForwarding({ floatingIpId, protocol: 'udp', externalPort: 8080, ...end }, systemIds))
}

async function addTrunk(store: Store): Promise<void> {
  const { networks, projects } = await store.loadTopology()
  const port = async (name: string) => (await store.edit(createPort({ networkId: networks[0]!.id, name }, systemIds))).id
  const [portId, subPortId] = [await port('parent'), await port('sub')]
  const subPorts = [{ portId: subPortId, segmentationType: 'vlan', segmentationId: 20 }]
  await store.edit(
    createTrunk({ projectId: projects[0]!.id, name: 'trunk-1', portId, subPorts, isAdminStateUp: true }, { ids: systemIds, now: DAY }),
  )
}

/** Of one member, which knows the router of its underlay. */
async function addGatewayCluster(store: Store): Promise<void> {
  const { networks, physicalNetworks } = await store.loadTopology()
  const outside = networks.find(({ isExternal }) => isExternal)!
  const wire = physicalNetworks.find(({ id }) => id === outside.physicalNetworkId)!
  const { id } = await store.hosts.register(
    hostRegistrationInput.parse({
      name: 'gw1',
      address: '192.0.2.21',
      port: 22,
      user: 'root',
      auth: { kind: 'agent' },
      roles: ['gateway'],
      tunnel: { address: '192.168.99.21', prefixLength: 24, nic: 'ens37', gatewayIp: '192.168.99.1' },
      bridgeMappings: [{ physicalNetworkId: wire.id, bridge: 'br-ens38', nic: 'ens38' }],
    }),
  )
  await store.edit(setHostPrepared(id, true, systemIds))
  const cluster = {
    name: 'gateways',
    networkId: outside.id,
    vip: '192.168.98.1',
    cloudId: 'north',
    localAs: 4_200_000_001,
    peers: [
      { address: '192.168.99.1', as: 65_000 },
      { address: '203.0.113.3', as: 65_000 },
    ],
    floatingIpPools: [{ start: '203.0.113.200', end: '203.0.113.220' }],
    memberHostIds: [id],
  }
  await store.edit(gatewayClusterEdits.create.edit(gatewayClusterInput.parse(cluster), { ids: systemIds, now: DAY }))
}
