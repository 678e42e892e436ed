// The port form ↔ the API, and what is wrong with its shape. Pure.

import type { KeyedRow } from '@/components/ui/keyed-rows'
import { checkInput, checkPatch } from '@/components/lib/check-form'
import { portInput, portPatchInput } from '@/server/core/topology/kinds/port/port-input'
import { portKind } from '@/server/core/topology/kinds/port/port-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface FixedIpValues extends KeyedRow {
  readonly subnetId: string
  /** Empty: the lowest free one. */
  readonly ipAddress: string
}

export interface PairValues extends KeyedRow {
  /** An address or a prefix. */
  readonly ipAddress: string
  /** Empty: the port's own. */
  readonly macAddress: string
}

export interface PortValues {
  readonly networkId: string
  readonly name: string
  readonly description: string
  readonly macAddress: string
  readonly hostId: string
  /** null: one address of the network's first subnet. */
  readonly fixedIps: readonly FixedIpValues[] | null
  readonly isAdminStateUp: boolean
  readonly isPortSecurityEnabled: boolean
  /** null: nothing was chosen. A new port gets the `default` group then, one from before there were groups stays as it is. */
  readonly securityGroupIds: readonly string[] | null
  readonly allowedAddressPairs: readonly PairValues[]
}

export const emptyPort: PortValues = {
  networkId: '',
  name: '',
  description: '',
  macAddress: '',
  hostId: '',
  fixedIps: null,
  isAdminStateUp: true,
  isPortSecurityEnabled: true,
  securityGroupIds: null,
  allowedAddressPairs: [],
}

export const portValues = (port: ObjectOf['port']): PortValues => ({
  networkId: port.networkId,
  name: port.name,
  description: port.description ?? '',
  macAddress: port.macAddress,
  hostId: port.hostId ?? '',
  fixedIps: port.fixedIps.map((fixedIp, key) => ({ key, ...fixedIp })),
  isAdminStateUp: port.isAdminStateUp,
  isPortSecurityEnabled: port.isPortSecurityEnabled,
  securityGroupIds: port.securityGroupIds ?? null,
  allowedAddressPairs: (port.allowedAddressPairs ?? []).map((pair, key) => ({ key, ...pair })),
})

const toFixedIps = (fixedIps: readonly FixedIpValues[]) =>
  fixedIps.map(({ subnetId, ipAddress }) => ({ subnetId, ipAddress: ipAddress.trim() || null }))

const toPairs = (pairs: readonly PairValues[]) =>
  pairs.map(({ ipAddress, macAddress }) => ({ ipAddress: ipAddress.trim(), macAddress: macAddress.trim() || null }))

export const toPortInput = (values: PortValues) => ({
  networkId: values.networkId,
  name: values.name,
  description: values.description,
  macAddress: values.macAddress.trim() || null,
  hostId: values.hostId || null,
  fixedIps: values.fixedIps && toFixedIps(values.fixedIps),
  securityGroupIds: values.securityGroupIds && [...values.securityGroupIds],
  allowedAddressPairs: toPairs(values.allowedAddressPairs),
})

export const toPortPatch = (values: PortValues) => ({
  name: values.name,
  description: values.description,
  macAddress: values.macAddress,
  hostId: values.hostId || null,
  fixedIps: toFixedIps(values.fixedIps ?? []),
  isAdminStateUp: values.isAdminStateUp,
  isPortSecurityEnabled: values.isPortSecurityEnabled,
  ...toFilterPatch(values),
})

/** What port security takes away with it is not changed by itself. */
function toFilterPatch({ isPortSecurityEnabled, securityGroupIds, allowedAddressPairs }: PortValues) {
  if (!isPortSecurityEnabled) return {}
  return { ...(securityGroupIds && { securityGroupIds: [...securityGroupIds] }), allowedAddressPairs: toPairs(allowedAddressPairs) }
}

export const checkNewPort = checkInput(portInput, toPortInput, portKind.fieldRules)
export const checkPort = checkPatch(portPatchInput, toPortPatch, portKind.fieldRules)
