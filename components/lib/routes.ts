// Every path of the console, built in one place. What is left out of `view` is left out of the URL, so equal views have
// equal addresses.

import type { Kind } from '@/server/core/topology/topology'

import { tabOf, type CreateKind, type NetworksTab } from './kind-places'

type Query = Readonly<Record<string, string | number | null | undefined>>

function withQuery(path: string, query: Query = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const search = new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))
  return entries.length === 0 ? path : `${path}?${search}`
}

export type HostTab = 'inside' | 'settings' | 'facts' | 'unparsed'
export type TrunkTab = 'subports' | 'guest' | 'plug' | 'audit'
export type SecurityGroupTab = 'ingress' | 'egress' | 'ports'
export type RouterTab = 'interfaces' | 'floating-ips' | 'routes' | 'hosts'
export type GatewayTab = 'members' | 'pools' | 'peers' | 'routers' | 'records'

export const routes = {
  overview: () => '/',
  topology: (view?: { selected?: string }) => withQuery('/topology', { sel: view?.selected }),
  networks: (view?: { tab?: NetworksTab; selected?: string; create?: CreateKind; filter?: string; edited?: string }) =>
    withQuery('/networks', { tab: view?.tab, sel: view?.selected, new: view?.create, q: view?.filter, edit: view?.edited }),
  trunks: (view?: { isCreating?: boolean; parent?: string; filter?: string }) =>
    withQuery('/trunks', { new: view?.isCreating ? 'trunk' : null, parent: view?.parent, q: view?.filter }),
  trunk: (trunkId: string, view?: { tab?: TrunkTab; selected?: string }) =>
    withQuery(`/trunks/${trunkId}`, { tab: view?.tab, sel: view?.selected }),
  securityGroups: (view?: { isCreating?: boolean }) => withQuery('/security-groups', { new: view?.isCreating ? 'securityGroup' : null }),
  securityGroup: (groupId: string, view?: { tab?: SecurityGroupTab }) => withQuery(`/security-groups/${groupId}`, { tab: view?.tab }),
  routers: (view?: { isCreating?: boolean }) => withQuery('/routers', { new: view?.isCreating ? 'router' : null }),
  router: (routerId: string, view?: { tab?: RouterTab }) => withQuery(`/routers/${routerId}`, { tab: view?.tab }),
  floatingIps: (view?: { selected?: string; isCreating?: boolean; port?: string; filter?: string }) =>
    withQuery('/floating-ips', { new: view?.isCreating ? 'floatingIp' : null, port: view?.port, sel: view?.selected, q: view?.filter }),
  /** By hand and as Neutron does it. */
  floatingIpWays: (floatingIpId: string) => `/floating-ips/${floatingIpId}/by-hand`,
  gateways: (view?: { isCreating?: boolean }) => withQuery('/gateways', { new: view?.isCreating ? 'gatewayCluster' : null }),
  gateway: (clusterId: string, view?: { tab?: GatewayTab }) => withQuery(`/gateways/${clusterId}`, { tab: view?.tab }),
  /** `vm`: registering a VM of the design as a host. */
  hosts: (view?: { isRegistering?: boolean; vm?: string }) =>
    withQuery('/hosts', { new: view?.isRegistering ? 'host' : null, vm: view?.vm }),
  host: (hostId: string, view?: { tab?: HostTab; form?: 'access'; selected?: string }) =>
    withQuery(`/hosts/${hostId}`, { tab: view?.tab, form: view?.form, sel: view?.selected }),
  path: (view?: { from?: string; to?: string; hop?: string; verification?: string }) =>
    withQuery('/path', { from: view?.from, to: view?.to, hop: view?.hop, verification: view?.verification }),
  changes: (view?: { plan?: string; tab?: string; about?: string }) =>
    withQuery('/changes', { plan: view?.plan, tab: view?.tab, about: view?.about }),
  runs: () => '/runs',
  run: (runId: string, view?: { step?: string }) => withQuery(`/runs/${runId}`, { step: view?.step }),
  verifications: () => '/verifications',
  verification: (verificationId: string, view?: { hop?: string }) => withQuery(`/verifications/${verificationId}`, { hop: view?.hop }),
  settings: () => '/settings',
  /** Streams a kept pcap; for links and curl, not a page. */
  capture: (captureId: string) => `/api/captures/${captureId}`,
} as const

/** Where an object of the design is looked at. */
export function hrefOf(kind: Kind, id: string): string {
  if (kind === 'host') return routes.host(id)
  if (kind === 'trunk') return routes.trunk(id)
  if (kind === 'securityGroup') return routes.securityGroup(id)
  if (kind === 'router') return routes.router(id)
  // A port forwarding is shown with its floating IP.
  if (kind === 'floatingIp' || kind === 'portForwarding') return routes.floatingIps({ selected: id })
  if (kind === 'gatewayCluster') return routes.gateway(id)
  const tab = tabOf(kind)
  return routes.networks({ ...(tab !== 'networks' && { tab }), selected: id })
}
