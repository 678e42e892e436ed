// What the lab says when it cannot do as asked: one clear line, and an exit code a script can tell apart.
// The codes are those of sysexits.h, so that they stay clear of the small codes ordinary commands use.

export const exitCodes = { usage: 64, unavailable: 69, failed: 70, notPermitted: 77 } as const

export class LabError extends Error {
  override readonly name = 'LabError'

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** True for "no such file", the one file error that the lab treats as an answer rather than a fault. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
