// What a change of a VM comes to: NICs plugged into the running one, only a start, a hand that lets it go on, or a new definition.

import { isHalted, isOwnNic, type Domain, type DomainInterface } from '../../host/domain'
import type { Changed } from '../../diff/kind-diff'
import { comesLast } from './nic-order'

export const printInterface = (nic: DomainInterface): string =>
  [nic.type, nic.source, nic.isCutOff ? null : nic.target, nic.macAddress, nic.mtu, nic.model].join(' ')

/** NICs that come to a VM and go from it; a NIC is told by its MAC address. One that is cut off goes and comes. */
export interface NicChange {
  readonly added: readonly DomainInterface[]
  readonly removed: readonly DomainInterface[]
}

/**
 * What can be plugged without touching the VM: NICs that are only there or not there. null where the change is another one, also
 * of a NIC that stays: the guest would keep the device and not learn of its new MTU, so the VM is built anew (rule PLAN-15). So it is where a NIC
 * is to come before one that is there.
 */
export function nicChangeOf(change: Changed<Domain>): NicChange | null {
  const { from, to } = change
  if (!isOnly('interfaces', change) || !from.isRunning || !comesLast(from, to)) return null
  const [had, wanted] = [byMac(from), byMac(to)]
  const isThere = ({ macAddress }: DomainInterface) => had.has(macAddress) && !had.get(macAddress)!.isCutOff
  const isSame = to.interfaces.every((nic) => !isThere(nic) || printInterface(had.get(nic.macAddress)!) === printInterface(nic))
  const added = to.interfaces.filter((nic) => isOwnNic(nic) && !isThere(nic))
  const removed = from.interfaces.filter((nic) => isOwnNic(nic) && (nic.isCutOff || !wanted.has(nic.macAddress)))
  // Nothing to plug is no change: the same NIC is there twice, and one of them cannot be named.
  return isSame && added.length + removed.length > 0 ? { added, removed } : null
}

/** A difference only in whether it runs needs no new definition. */
export const isOnlyStopped = (change: Changed<Domain>): boolean => isOnly('running', change)

/** Defined anew: what neither starting nor plugging mends, nor a word to the running one. */
export const isRebuilt = (change: Changed<Domain>): boolean =>
  besides(change).length > 0 && !isOnlyStopped(change) && nicChangeOf(change) === null

/** Names of fields, as compared in domains.ts. */
export const [STATE, LINK, NAME] = ['state', 'link', 'name'] as const
/** Differences that a VM keeps running through. */
export const LIVE_FIELDS: ReadonlySet<string> = new Set(['interfaces', STATE, LINK, NAME])

const besides = ({ fields }: Changed<Domain>): readonly string[] =>
  fields.map(({ field }) => field).filter((field) => field !== STATE && field !== LINK && field !== NAME)
/** And nothing else that needs more than a word to the running one. */
const isOnly = (field: string, change: Changed<Domain>): boolean => besides(change).join() === field

/** Called otherwise than it was. */
export const isRenamed = (change: Changed<Domain>): boolean => !isRebuilt(change) && change.fields.some(({ field }) => field === NAME)

/** Its processor goes on. */
export const isResumed = (change: Changed<Domain>): boolean => !isRebuilt(change) && isHalted(change.from) && change.to.isRunning

export const linksDown = (domain: Domain, macs: ReadonlySet<string>): readonly string[] =>
  domain.interfaces.filter(({ isLinkDown, macAddress }) => isLinkDown && macs.has(macAddress)).map(({ macAddress }) => macAddress)

/** NICs whose cable is put in again. One that is plugged in anew comes with it. */
export function linksUp(change: Changed<Domain>): readonly string[] {
  if (isRebuilt(change)) return []
  const anew = new Set(nicChangeOf(change)?.added.map(({ macAddress }) => macAddress))
  return linksDown(change.from, new Set([...byMac(change.to).keys()].filter((mac) => !anew.has(mac))))
}

/** NICs whose taps go with a change. */
export const lostNics = (change: Changed<Domain>): readonly DomainInterface[] =>
  isRebuilt(change) ? change.from.interfaces : (nicChangeOf(change)?.removed ?? [])

const byMac = ({ interfaces }: Domain): ReadonlyMap<string, DomainInterface> => new Map(interfaces.map((nic) => [nic.macAddress, nic]))
