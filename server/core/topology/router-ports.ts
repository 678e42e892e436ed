// The ports of routers: of somebody else's, since no design has any yet.

import type { Port } from './kinds/port/port'

export const isRouterPort = ({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean => deviceOwner.startsWith('network:router_')
