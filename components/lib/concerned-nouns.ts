// Which nouns of the API show what an edit touched. What is not told apart here is concerned by every kind: a new kind is asked for too
// often rather than not at all.

import { kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind, ListOf } from '@/server/core/topology/topology'
import type { Touched } from '@/server/core/topology/touched'

export type DesignNoun = 'topology' | 'changes' | 'overview' | 'paths' | ListOf<Kind>

type Concern = (kind: Kind) => boolean

/** Lists of one kind as they are, or with another. */
const only =
  (...own: readonly Kind[]): Concern =>
  (kind) =>
    own.includes(kind)
const allBut =
  (...others: readonly Kind[]): Concern =>
  (kind) =>
    !others.includes(kind)

const concerns: { readonly [Noun in DesignNoun]?: Concern } = {
  projects: only('project'),
  physicalNetworks: only('physicalNetwork'),
  hostAggregates: only('hostAggregate'),
  subnets: only('subnet'),
  ports: only('port'),
  vms: only('vm'),
  // With the ports in each.
  securityGroups: only('securityGroup', 'port'),
  // With its ports, and the hosts where it stands.
  routers: only('router', 'port', 'host'),
  // With the ports of members, and records of what leads out by them.
  gatewayClusters: only('gatewayCluster', 'port', 'host', 'router', 'floatingIp'),
  // With its address, the host where it is translated, and what leads it out there.
  floatingIps: allBut('project', 'securityGroup', 'nestedUplink', 'portForwarding'),
  portForwardings: only('portForwarding'),
  // With the VMs and ports on each; what else an edit does to a host shows in these.
  hosts: allBut(
    'project',
    'hostAggregate',
    'physicalNetwork',
    'subnet',
    'securityGroup',
    'gatewayCluster',
    'router',
    'trunk',
    'floatingIp',
    'portForwarding',
    'nestedUplink',
  ),
  networks: allBut('hostAggregate', 'securityGroup', 'gatewayCluster', 'router', 'trunk', 'floatingIp', 'portForwarding', 'nestedUplink'),
  trunks: allBut('project', 'hostAggregate', 'securityGroup', 'gatewayCluster', 'router', 'floatingIp', 'portForwarding', 'nestedUplink'),
  nestedUplinks: allBut(
    'project',
    'hostAggregate',
    'network',
    'subnet',
    'securityGroup',
    'gatewayCluster',
    'router',
    'port',
    'trunk',
    'floatingIp',
    'portForwarding',
  ),
  paths: allBut('project', 'hostAggregate'),
}

const nouns: readonly DesignNoun[] = ['topology', 'changes', 'overview', 'paths', ...kindNames.map((kind) => kindOf(kind).list)]

export function concernedNouns(touched: Touched): readonly DesignNoun[] {
  if (touched === 'everything') return nouns
  const kinds = kindNames.filter((kind) => (touched[kind]?.length ?? 0) > 0)
  return nouns.filter((noun) => kinds.some((kind) => concerns[noun]?.(kind) ?? true))
}
