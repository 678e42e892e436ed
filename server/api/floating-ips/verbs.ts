// What is asked of floating IPs beyond the plain verbs, or instead of them; each has its own file.

import { getFloatingIp } from './get'
import { listFloatingIps } from './list'
import { compareFloatingIpWays } from './ways'

export const floatingIpVerbs = { list: listFloatingIps, get: getFloatingIp, ways: compareFloatingIpWays }
