// Parts of a reading from what one tool said, by the steps that read a whole host. Test support.

import type { IpAddress, IpRule, Route } from '../../host/ip'
import { ipBatchSteps, type NamespaceIp } from '../ip/ip-batch'
import { ovsStateSteps, type OvsState } from '../ovs/ovs-state'
import type { OvsdbTable } from '../ovs/ovsdb-table'
import { mapParsed } from '../json'
import type { Parsed } from '../parse-result'
import { finish } from '../steps'

export const parseIpBatch = (text: string, netns = '', section = 'ip'): Parsed<NamespaceIp> => finish(ipBatchSteps(text, netns, section))

export const parseAddresses = (text: string, netns?: string): Parsed<readonly IpAddress[]> =>
  mapParsed(parseIpBatch(text, netns), ({ addresses }) => addresses)

export const parseRoutes = (text: string, netns?: string): Parsed<readonly Route[]> =>
  mapParsed(parseIpBatch(text, netns), ({ routes }) => routes)

export const parseRules = (text: string, netns?: string): Parsed<readonly IpRule[]> =>
  mapParsed(parseIpBatch(text, netns), ({ rules }) => rules)

export const buildOvsState = (tables: readonly OvsdbTable[], section = 'ovsdb'): Parsed<OvsState> => finish(ovsStateSteps(tables, section))
