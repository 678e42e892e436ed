// Commands of `ovs-appctl` to the switch of a lab host, a thousand over one connection to its socket.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { outputOf } from './output-of'

const BATCH = fileURLToPath(new URL('unixctl-batch.py', import.meta.url))

/** `['ofproto/trace', ['br-int', 'in_port=1']]` */
export type UnixctlRequest = readonly [method: string, args: readonly string[]]

export interface UnixctlAnswers {
  /** One for each request; of one that failed its error. */
  readonly answers: readonly string[]
  /** Of a processor, which the switch used for them. */
  readonly cpuSeconds: number
}

export async function unixctl(lab: string, host: string, requests: readonly UnixctlRequest[]): Promise<UnixctlAnswers> {
  return JSON.parse(await outputOf(lab, host, ['python3', '-c', readFileSync(BATCH, 'utf8')], JSON.stringify(requests))) as UnixctlAnswers
}
