// The console's own settings. Apart from SSH_AUTH_SOCK (ssh/connect-config.ts), nothing else reads the environment.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type LogLevel, logLevels } from './log/log-level'

const environment = z.object({
  /** Where the database, its key and kept captures live. */
  TAPLINE_DATA: z.string().min(1).default('.tapline'),
  /** The least important lines of the log. One that is no level is none of the console's reasons not to start. */
  TAPLINE_LOG: z.enum(logLevels).catch('info'),
})

export interface Environment {
  /** Absolute. */
  readonly dataDirectory: string
  readonly databaseUrl: string
  readonly logLevel: LogLevel
}

export function loadEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const { TAPLINE_DATA, TAPLINE_LOG } = environment.parse({
    TAPLINE_DATA: variables['TAPLINE_DATA'] || undefined,
    TAPLINE_LOG: variables['TAPLINE_LOG'],
  })
  const dataDirectory = resolve(TAPLINE_DATA)
  return { dataDirectory, databaseUrl: databaseUrlOf(dataDirectory), logLevel: TAPLINE_LOG }
}

/** As a file URL, so that blanks and other characters in the path survive. */
export const databaseUrlOf = (dataDirectory: string): string => pathToFileURL(resolve(dataDirectory, 'tapline.db')).href
