// What leads a floating IP of a distributed router out, by hand and as Neutron does it, step by step: the commands of both for its router on the host of its
// VM, from what is compiled for that host. Nothing else of the design is in them: they are what a host takes that has neither router nor floating IP.

import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import type { HostState } from '../host/host-state'
import { typedCommands } from '../render/typed-commands'
import { findById } from '../topology/find'
import { agentGatewayPlace, isAgentGateway, isFloatingIpPort } from '../topology/floating-ips'
import type { Host } from '../topology/kinds/host/host'
import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import type { FloatingIpMode, Router } from '../topology/kinds/router/router'
import { isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import { floatingIpStepOf, floatingIpSteps, routerStepOf, routerSteps, type StepOf, type WayPlace, type WayStep } from './way-steps'

export interface WayRow {
  readonly step: WayStep
  /** As typed one after the other; none where that way has no such step. */
  readonly byHand: readonly string[]
  readonly asNeutron: readonly string[]
}

export interface Ways {
  readonly address: string
  readonly fixedAddress: string
  readonly router: Pick<Router, 'id' | 'name' | 'floatingIpMode'>
  readonly host: Pick<Host, 'id' | 'name'>
  /** Of the router on that host: both ways are the same. */
  readonly routerRows: readonly WayRow[]
  readonly floatingIpRows: readonly WayRow[]
}

/** Why there is nothing to compare. */
export type NoWays = 'leads-nowhere' | 'not-distributed' | 'by-gateway' | 'no-host'

export function compareWays(design: Topology, floatingIp: FloatingIp): Ways | NoWays {
  const { fixedIpAddress, routerId } = floatingIp
  const router = findById(design.routers, routerId)
  if (fixedIpAddress === null || !router) return 'leads-nowhere'
  if (!router.isDistributed) return 'not-distributed'
  if (router.floatingIpMode === 'gateway') return 'by-gateway'
  const host = findById(design.hosts, agentGatewayPlace(design, floatingIp)?.hostId)
  if (!host) return 'no-host'
  // A copy: what is compiled of a host that is only thought of must not take the place of what is compiled of it.
  const thought = { ...host, isPrepared: true }
  const topology = { ...withOnly(design, floatingIp), hosts: design.hosts.map((each) => (each === host ? thought : each)) }
  const compile = (change: (topology: Topology) => Topology) => compileHost(change(topology), host.id)
  const place: WayPlace = { routerId: router.id, externalNetworkId: floatingIp.networkId }
  const without = compile(withoutFloatingIps)
  const bare = compile((each) => withoutRouter(withoutFloatingIps(each), router.id))
  const [byHand, asNeutron] = [compile(inMode(router.id, 'by-hand')), compile(inMode(router.id, 'dvr'))]
  return {
    address: findById(design.ports, floatingIp.portId)?.fixedIps[0]?.ipAddress ?? '',
    fixedAddress: fixedIpAddress,
    router: { id: router.id, name: router.name, floatingIpMode: router.floatingIpMode },
    host: { id: host.id, name: host.name },
    routerRows: rows(routerSteps, [without, bare, routerStepOf(without, place)], [without, bare, routerStepOf(without, place)]),
    floatingIpRows: rows(
      floatingIpSteps,
      [byHand, without, floatingIpStepOf(byHand, place)],
      [asNeutron, without, floatingIpStepOf(asNeutron, place)],
    ),
  }
}

/** Others on the same host would be in the same chains. */
const withOnly = (topology: Topology, floatingIp: FloatingIp): Topology => ({
  ...topology,
  floatingIps: [floatingIp],
  ports: topology.ports.filter((port) => !isFloatingIpPort(port) || port.id === floatingIp.portId),
})

const withoutFloatingIps = (topology: Topology): Topology => ({
  ...topology,
  floatingIps: [],
  ports: topology.ports.filter((port) => !isFloatingIpPort(port) && !isAgentGateway(port)),
})

const withoutRouter = (topology: Topology, routerId: string): Topology => ({
  ...topology,
  routers: topology.routers.filter(({ id }) => id !== routerId),
  ports: topology.ports.filter((port) => !isRouterPort(port) || port.deviceId !== routerId),
})

const inMode =
  (routerId: string, floatingIpMode: FloatingIpMode) =>
  (topology: Topology): Topology => ({
    ...topology,
    routers: topology.routers.map((router) => (router.id === routerId ? { ...router, floatingIpMode } : router)),
  })

type Way<Step extends WayStep> = readonly [after: HostState, before: HostState, stepOf: StepOf<Step>]

function rows<Step extends WayStep>(steps: readonly Step[], byHand: Way<Step>, asNeutron: Way<Step>): readonly WayRow[] {
  return steps
    .map((step) => ({ step, byHand: commandsOf(step, byHand), asNeutron: commandsOf(step, asNeutron) }))
    .filter((row) => row.byHand.length + row.asNeutron.length > 0)
}

/** The restore unit says it all once more. */
const commandsOf = <Step extends WayStep>(step: Step, [after, before, stepOf]: Way<Step>): readonly string[] =>
  typedCommands(
    diffHost(after, before, (kind, action, resource) => kind !== 'restoreUnits' && action !== 'removed' && stepOf(resource) === step),
  )
