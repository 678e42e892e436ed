// The port forwardings of a floating IP as rows of a list. Pure.

import type { TopologyIndex } from '@/components/lib/topology-index'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { forwardingsOf } from '@/server/core/topology/port-forwardings'

export interface ForwardingRow {
  readonly id: string
  /** `8080/tcp` */
  readonly outside: string
  /** Of the port that it leads to. */
  readonly name: string
  readonly portId: string
  /** `10.0.0.5:80` */
  readonly inside: string
  readonly description: string
}

/** By protocol and external port, as the design has them. */
export const forwardingRows = (index: TopologyIndex, floatingIpId: string): readonly ForwardingRow[] =>
  forwardingsOf(index.topology.portForwardings, floatingIpId).map((each) => {
    const { id, protocol, externalPort, internalPortId: portId, internalIpAddress, internalPort, description = '' } = each
    const port = index.port(portId)
    return {
      id,
      outside: `${externalPort}/${protocol}`,
      name: port ? labelPort(index.topology, port) : portId,
      portId,
      inside: `${internalIpAddress}:${internalPort}`,
      description,
    }
  })
