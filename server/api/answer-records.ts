// The records of a gateway cluster as a file of JSON, which other clouds import.

import { exportRecords, requireCluster } from './describe-gateways'
import type { Route } from './route'

export const recordsRoute: Route<{ readonly id: string }> = {
  right: 'see',
  answer: async ({ store }, { id }) => {
    const topology = await store.loadTopology()
    const cluster = requireCluster(topology, id)
    return new Response(`${JSON.stringify(exportRecords(topology, cluster), null, 2)}\n`, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="gateway-records-${id}.json"`,
        'cache-control': 'no-store',
      },
    })
  },
}
