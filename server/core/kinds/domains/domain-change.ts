// What a change of a VM comes to: NICs plugged into the running one, only a start, or a new definition.

import { isOwnNic, type Domain, type DomainInterface } from '../../host/domain'
import type { Changed } from '../../diff/kind-diff'

export const printInterface = (nic: DomainInterface): string =>
  [nic.type, nic.source, nic.isCutOff ? null : nic.target, nic.macAddress, nic.mtu, nic.model].join(' ')

/** NICs that come to a VM and go from it; a NIC is told by its MAC address. One that is cut off goes and comes. */
export interface NicChange {
  readonly added: readonly DomainInterface[]
  readonly removed: readonly DomainInterface[]
}

/**
 * What can be plugged without touching the VM: NICs that are only there or not there. null where the change is another one, also
 * of a NIC that stays: the guest would keep the device and not learn of its new MTU, so the VM is built anew (rule PLAN-15).
 */
export function nicChangeOf({ from, to, fields }: Changed<Domain>): NicChange | null {
  if (fields.length !== 1 || fields[0]!.field !== 'interfaces' || !from.isRunning) return null
  const [had, wanted] = [byMac(from), byMac(to)]
  const isThere = ({ macAddress }: DomainInterface) => had.has(macAddress) && !had.get(macAddress)!.isCutOff
  const isSame = to.interfaces.every((nic) => !isThere(nic) || printInterface(had.get(nic.macAddress)!) === printInterface(nic))
  const added = to.interfaces.filter((nic) => isOwnNic(nic) && !isThere(nic))
  const removed = from.interfaces.filter((nic) => isOwnNic(nic) && (nic.isCutOff || !wanted.has(nic.macAddress)))
  // Nothing to plug is no change: the same NIC is there twice, and one of them cannot be named.
  return isSame && added.length + removed.length > 0 ? { added, removed } : null
}

/** A difference only in whether it runs needs no new definition. */
export const isOnlyStopped = ({ fields }: Changed<Domain>): boolean => fields.length === 1 && fields[0]!.field === 'running'

/** Defined anew: what neither starting nor plugging mends. */
export const isRebuilt = (change: Changed<Domain>): boolean => !isOnlyStopped(change) && nicChangeOf(change) === null

/** NICs whose taps go with a change. */
export const lostNics = (change: Changed<Domain>): readonly DomainInterface[] => (isRebuilt(change) ? change.from.interfaces : (nicChangeOf(change)?.removed ?? []))

const byMac = ({ interfaces }: Domain): ReadonlyMap<string, DomainInterface> => new Map(interfaces.map((nic) => [nic.macAddress, nic]))
