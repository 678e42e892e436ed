// The port form ↔ the API, and what is wrong with its shape. Pure.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { portInput, portPatchInput } from '@/server/core/topology/kinds/port/port-input'
import { portKind } from '@/server/core/topology/kinds/port/port-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface FixedIpValues {
  /** Only for React's keys. */
  readonly key: number
  readonly subnetId: string
  /** Empty: the lowest free one. */
  readonly ipAddress: string
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
})

const toFixedIps = (fixedIps: readonly FixedIpValues[]) =>
  fixedIps.map(({ subnetId, ipAddress }) => ({ subnetId, ipAddress: ipAddress.trim() || null }))

export const toPortInput = ({ networkId, name, description, macAddress, hostId, fixedIps }: PortValues) => ({
  networkId,
  name,
  description,
  macAddress: macAddress.trim() || null,
  hostId: hostId || null,
  fixedIps: fixedIps && toFixedIps(fixedIps),
})

export const toPortPatch = ({ name, description, macAddress, hostId, fixedIps, isAdminStateUp, isPortSecurityEnabled }: PortValues) => ({
  name,
  description,
  macAddress,
  hostId: hostId || null,
  fixedIps: toFixedIps(fixedIps ?? []),
  isAdminStateUp,
  isPortSecurityEnabled,
})

export const checkNewPort = checkInput(portInput, toPortInput, portKind.fieldRules)
export const checkPort = checkPatch(portPatchInput, toPortPatch, portKind.fieldRules)
