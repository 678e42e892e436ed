// Where the objects of each kind are listed and made. What is not named here is a plain kind: it has a tab of its own on the page of networks, with a
// table and a form that follow from its entry in the list of kinds (components/networks/plain).

import { kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind, ListOf } from '@/server/core/topology/topology'

/** Kinds with lists made by hand, and the tab where these are; null: not on the page of networks. */
const HAND_MADE = {
  project: 'networks',
  network: 'networks',
  subnet: 'networks',
  port: 'ports',
  vm: 'vms',
  physicalNetwork: 'physical',
  host: null,
  trunk: null,
  securityGroup: null,
  gatewayCluster: null,
  router: null,
  floatingIp: null,
  portForwarding: null,
} as const satisfies { readonly [K in Kind]?: string | null }

type HandMadeTab = NonNullable<(typeof HAND_MADE)[keyof typeof HAND_MADE]>
export type PlainKind = Exclude<Kind, keyof typeof HAND_MADE>
export type NetworksTab = HandMadeTab | ListOf<PlainKind>

type ElsewhereKind = { [K in keyof typeof HAND_MADE]: (typeof HAND_MADE)[K] extends null ? K : never }[keyof typeof HAND_MADE]

/** Kinds that are made on the page of networks. */
export type CreateKind = Exclude<Kind, ElsewhereKind>

export const isPlain = (kind: Kind): kind is PlainKind => !Object.hasOwn(HAND_MADE, kind)
export const plainKinds: readonly PlainKind[] = kindNames.filter(isPlain)
export const createKinds = kindNames.filter((kind): kind is CreateKind => isPlain(kind) || HAND_MADE[kind] !== null)

export const tabOf = (kind: CreateKind): NetworksTab => (isPlain(kind) ? kindOf(kind).list : HAND_MADE[kind])
export const networksTabs: readonly NetworksTab[] = [
  ...new Set<NetworksTab>(['networks', 'ports', 'vms', 'physical', ...plainKinds.map(tabOf)]),
]
/** The kind without which a tab is empty: projects, for networks and subnets belong to them. */
export const leadKindOf = (tab: NetworksTab): CreateKind => createKinds.find((kind) => tabOf(kind) === tab) ?? 'project'
/** The kind that a tab lists, where it is a plain one. */
export const plainKindOf = (tab: NetworksTab): PlainKind | undefined => plainKinds.find((kind) => tabOf(kind) === tab)
