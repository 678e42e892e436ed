// How important a line of the log is, the most important first.

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug'] as const

export type LogLevel = (typeof logLevels)[number]
