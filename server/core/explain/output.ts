// What a step printed, as a page shows it: where it was cut (plan/bound-output.ts) it says how much is missing.

import type { CommandResult } from '../commands/command'

export const explainOutput = (text: string, { isTruncated }: Pick<CommandResult, 'isTruncated'>): string =>
  isTruncated ? text.replace(/^… (\d+) …$/m, '… $1 characters are left out …') : text
