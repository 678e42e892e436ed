import type { TopologyIndex } from '@/components/lib/topology-index'

export interface FormProps {
  readonly index: TopologyIndex
  readonly onClose: () => void
  /** After creating: the new object's id. */
  readonly onCreated: (id: string) => void
}

export const toOptions = (list: readonly { readonly id: string; readonly name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, label: name || id.slice(0, 8) }))

/** The only one there is, or none: no need to choose where there is no choice. */
export const onlyId = (list: readonly { readonly id: string }[]): string => (list.length === 1 ? (list[0]?.id ?? '') : '')

/** Where routers and DHCP servers may run, and where this one does. */
export const networkHosts = ({ hosts }: TopologyIndex['topology'], currentId: string) =>
  toOptions(hosts.filter(({ id, roles, isSchedulable }) => (roles.includes('network') && isSchedulable) || id === currentId))
