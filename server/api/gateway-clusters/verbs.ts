// What is asked of gateway clusters beyond the plain verbs; each has its own file.

import { gatewayRecords } from './records'

export const gatewayClusterVerbs = { records: gatewayRecords }
