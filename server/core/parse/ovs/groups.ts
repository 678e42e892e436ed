// `ovs-ofctl dump-groups` → groups; buckets stay text.
//
//   group_id=1,type=select,bucket=actions=output:1,bucket=weight:5,actions=output:2

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface OpenFlowGroup {
  readonly groupId: number
  /** all, select, indirect, ff */
  readonly type: string
  readonly buckets: readonly string[]
}

const GROUP = /^ ?group_id=(\d+),type=([a-z_]+)((?:,[a-z_]+=[^,]+)*?)((?:,bucket=.*)?)$/

export function parseGroups(text: string, section = 'groups'): Parsed<readonly OpenFlowGroup[]> {
  const groups: OpenFlowGroup[] = []
  return takeLines<readonly OpenFlowGroup[]>(text, section, groups, (line) => {
    if (/^OFPST_GROUP_DESC reply .*:$/.test(line)) return true
    const [, groupId, type, , buckets = ''] = GROUP.exec(line) ?? []
    if (type === undefined) return false
    return groups.push({ groupId: Number(groupId), type, buckets: buckets.split(',bucket=').slice(1) }) > 0
  })
}
