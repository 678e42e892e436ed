// What gateway clusters do, in words for whoever chooses.

import type { GatewayFunction } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'

export const functionWords: Readonly<Record<GatewayFunction, { readonly label: string; readonly hint: string }>> = {
  'floating-ip': { label: 'Floating IPs', hint: 'Translates them one to one, on every member alike' },
  snat: { label: 'SNAT', hint: 'What has no floating IP leaves with an address of the member by which it goes' },
}
