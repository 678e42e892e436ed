// A logger that keeps what it is told, for tests.

import type { LogLevel } from '../log-level'
import type { LogFields, Logger } from '../logger'

interface LogLine {
  readonly level: LogLevel
  readonly message: string
  readonly fields: LogFields
}

export interface RecordedLog {
  readonly logger: Logger
  /** In the order in which they came. */
  readonly logged: readonly LogLine[]
}

export function recordLog(): RecordedLog {
  const logged: LogLine[] = []
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void =>
      void logged.push({ level, message, fields })
  return { logged, logger: { fatal: at('fatal'), error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') } }
}
