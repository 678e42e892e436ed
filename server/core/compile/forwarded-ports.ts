// The ports that a router forwards, as packets have them: all in one place, where its gateway is.

import { findById } from '../topology/find'
import { floatingIpsOf } from '../topology/floating-ips'
import type { PortForwarding } from '../topology/kinds/port-forwarding/port-forwarding'
import type { Router } from '../topology/kinds/router/router'
import { forwardingsOf } from '../topology/port-forwardings'
import type { HostScope } from './scope'

export interface Forwarded extends Pick<PortForwarding, 'protocol' | 'externalPort' | 'internalPort'> {
  readonly floating: string
  readonly fixed: string
}

export const forwardedBy = ({ topology }: HostScope, router: Router): readonly Forwarded[] =>
  floatingIpsOf(topology.floatingIps, router.id).flatMap(({ id, portId }) => {
    const floating = findById(topology.ports, portId)?.fixedIps[0]?.ipAddress
    return floating === undefined
      ? []
      : forwardingsOf(topology.portForwardings, id).map(({ protocol, externalPort, internalIpAddress: fixed, internalPort }) => ({
          floating,
          protocol,
          externalPort,
          fixed,
          internalPort,
        }))
  })
