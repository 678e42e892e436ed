// A finding in a sentence: the message of its code, with its values. One table of messages per room.

import type { AnyFinding, FindingParams } from '../finding-params'
import { probeMessages } from './host'
import { lintMessages } from './lint'
import { sayCoded, type Messages } from './message'
import { planMessages } from './plan-findings'
import { trunkMessages } from './trunk-findings'

const messages: Messages<FindingParams> = { ...lintMessages, ...planMessages, ...probeMessages, ...trunkMessages, said: ({ said }) => said }

/** What is said of one host has the host's name in front. */
export function explainFinding(finding: AnyFinding): string {
  const sentence = sayCoded(messages, finding, finding.subject.name)
  return 'host' in finding.params ? `${finding.params.host}: ${sentence}` : sentence
}
