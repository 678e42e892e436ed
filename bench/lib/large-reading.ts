// What a host with many ports and flows answers when it is read.

import type { ReadSession } from '@/server/reconcile/observe'
import { flowText } from './flow-text'
import { ovsdbText } from './ovsdb-text'

export const NONCE = 'bench-reading'

/** 20 flows for each port; their counters differ from round to round. */
export function largeReadSession(ports: number, round: number): ReadSession {
  const section = (name: string, text: string) => `${text}\n@@${NONCE} 0 ${name}\n`
  const stdout = section('ovsdb', ovsdbText('br-int', ports)) + section('flows br-int', flowText(ports, round)) + section('done', '')
  return { runOrThrow: async () => ({ host: 'bench', argv: [], exitCode: 0, stdout, stderr: '', durationMs: 0, isTruncated: false }) }
}
