// The form of a port forwarding ↔ the API. Pure; whom one may lead to is offered as for a floating IP (floating-ip-values.ts).

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { portForwardingInput, portForwardingPatchInput } from '@/server/core/topology/kinds/port-forwarding/port-forwarding-input'
import { portForwardingKind } from '@/server/core/topology/kinds/port-forwarding/port-forwarding-kind'
import type { PortForwarding } from '@/server/core/topology/kinds/port-forwarding/port-forwarding'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface ForwardingValues {
  readonly floatingIpId: string
  readonly protocol: PortForwarding['protocol']
  readonly externalPort: number | null
  readonly internalPortId: string
  /** '' is none yet. */
  readonly internalIpAddress: string
  readonly internalPort: number | null
  readonly description: string
}

export const newForwarding = (floatingIpId: string): ForwardingValues => ({
  floatingIpId,
  protocol: 'tcp',
  externalPort: null,
  internalPortId: '',
  internalIpAddress: '',
  internalPort: null,
  description: '',
})

export const forwardingValues = ({ id: _id, description = '', ...stored }: ObjectOf['portForwarding']): ForwardingValues => ({
  ...stored,
  description,
})

/** An empty box is port 0, which the rule of a port refuses. */
export const toForwardingPatch = ({
  floatingIpId: _owner,
  internalIpAddress,
  externalPort,
  internalPort,
  ...values
}: ForwardingValues) => ({
  ...values,
  externalPort: externalPort ?? 0,
  internalPort: internalPort ?? 0,
  internalIpAddress: internalIpAddress || null,
})

export const toForwardingInput = (values: ForwardingValues) => ({
  floatingIpId: values.floatingIpId,
  ...toForwardingPatch(values),
})

export const checkNewForwarding = checkInput(portForwardingInput, toForwardingInput, portForwardingKind.fieldRules)
export const checkForwardingEdit = checkPatch(portForwardingPatchInput, toForwardingPatch, portForwardingKind.fieldRules)
