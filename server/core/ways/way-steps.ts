// The steps by which a floating IP is led out, and before that by which its router comes to a host: which of them a resource of the host belongs to. What is
// no step's own comes along with the last one that has room for it, so that nothing a host gets is left out.

import type { Flow } from '../host/flow'
import type { HostState, Resource } from '../host/host-state'
import { INT, PHY, TUN } from '../compile/openvswitch/flows'
import { fipNamespace, fprName, INTEGRATION_BRIDGE, rfpName, routerNamespace, TUNNEL_BRIDGE } from '../naming'

/** In the order in which they are told. */
export const floatingIpSteps = ['pair', 'outside', 'rule', 'table', 'address', 'inbound', 'local', 'outbound', 'back', 'way-out'] as const
export const routerSteps = ['networks', 'router', 'neighbours', 'own-face', 'from-peers', 'to-vms'] as const
export type FloatingIpStep = (typeof floatingIpSteps)[number]
export type RouterStep = (typeof routerSteps)[number]
export type WayStep = FloatingIpStep | RouterStep

export interface WayPlace {
  readonly routerId: string
  readonly externalNetworkId: string
}

export type StepOf<Step extends WayStep> = (resource: Resource) => Step

/** The rest is the namespace outside, and what plugs it into its network. */
export function floatingIpStepOf(state: HostState, { routerId, externalNetworkId }: WayPlace): StepOf<FloatingIpStep> {
  const [router, outside] = [routerNamespace(routerId), fipNamespace(externalNetworkId)]
  const pair = new Set([rfpName(routerId), fprName(routerId)])
  const inRouter = <R extends { readonly netns: string }>(list: readonly R[]): readonly R[] => list.filter(({ netns }) => netns === router)
  const outsideRoutes = state.routes.filter(({ netns }) => netns === outside)
  const chains = (name: string) => inRouter(state.iptables).filter(({ chain }) => chain.endsWith(name))
  const onPair = state.addresses.filter(({ link }) => pair.has(link))
  return stepIn<FloatingIpStep>('outside', {
    pair: [...state.links.filter(({ name }) => pair.has(name)), ...onPair.filter(({ cidr }) => !cidr.endsWith('/32'))],
    rule: inRouter(state.rules),
    table: inRouter(state.routes),
    address: onPair.filter(({ cidr }) => cidr.endsWith('/32')),
    inbound: chains('PREROUTING'),
    local: chains('OUTPUT'),
    outbound: chains('POSTROUTING'),
    back: outsideRoutes.filter(({ link }) => link !== undefined && pair.has(link)),
    'way-out': [
      ...outsideRoutes.filter(({ destination }) => destination === 'default'),
      ...state.rules.filter(({ netns }) => netns === outside),
    ],
  })
}

/** The rest is what the networks bring that come with the router. */
export function routerStepOf(state: HostState, { routerId }: WayPlace): StepOf<RouterStep> {
  const router = routerNamespace(routerId)
  const devices = state.links.filter(({ netns }) => netns === router)
  const names = new Set(devices.map(({ name }) => name))
  const flowsOf = (step: RouterStep) => state.flows.filter((flow) => flowStep(flow) === step)
  return stepIn<RouterStep>('networks', {
    router: [
      ...state.namespaces.filter(({ name }) => name === router),
      ...devices,
      ...state.ovsPorts.filter(({ name }) => names.has(name)),
      ...[...state.addresses, ...state.sysctls, ...state.routes, ...state.rules, ...state.iptables].filter(({ netns }) => netns === router),
    ],
    neighbours: state.neighbours.filter(({ netns }) => netns === router),
    'own-face': flowsOf('own-face'),
    'from-peers': flowsOf('from-peers'),
    'to-vms': flowsOf('to-vms'),
  })
}

function stepIn<Step extends WayStep>(rest: Step, steps: { readonly [S in Step]?: readonly Resource[] }): StepOf<Step> {
  const known = new Map<Resource, Step>()
  for (const step of Object.keys(steps) as Step[]) for (const resource of steps[step] ?? []) known.set(resource, step)
  return (resource) => known.get(resource) ?? rest
}

/** Of the tables that nothing but distributed routers has, or where they have a flow of theirs. */
function flowStep({ bridge, table, match }: Flow): RouterStep {
  // In its first table nothing else looks at a destination or a source.
  if (bridge === INTEGRATION_BRIDGE) return INT_STEPS.get(table) ?? (/\b(dl_src|dl_dst)=/.test(match) ? 'to-vms' : 'networks')
  if (bridge === TUNNEL_BRIDGE) return TUN_STEPS.get(table) ?? 'networks'
  return PHY_STEPS.get(table) ?? 'networks'
}

const INT_STEPS: ReadonlyMap<number, RouterStep> = new Map([
  [INT.routedTunnel, 'to-vms'],
  [INT.routedProvider, 'to-vms'],
  [INT.toRouter, 'to-vms'],
  [INT.transient, 'to-vms'],
])
const TUN_STEPS: ReadonlyMap<number, RouterStep> = new Map([
  [TUN.local, 'own-face'],
  [TUN.routed, 'own-face'],
  [TUN.vxlan, 'from-peers'],
  [TUN.notLearned, 'from-peers'],
  [TUN.flood, 'own-face'],
])
const PHY_STEPS: ReadonlyMap<number, RouterStep> = new Map([
  [PHY.local, 'own-face'],
  [PHY.routed, 'own-face'],
  [PHY.translate, 'own-face'],
  [PHY.fromWire, 'from-peers'],
])
