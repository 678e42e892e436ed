// What is asked of floating IPs instead of the plain verbs; each has its own file.

import { getFloatingIp } from './get'
import { listFloatingIps } from './list'

export const floatingIpVerbs = { list: listFloatingIps, get: getFloatingIp }
