// Asks a host which of some files it does not have.

import { readCommand, type Command } from '../commands/command'

/** Constant text; the paths are its arguments. */
const MISSING = 'for file; do [ -e "$file" ] || printf "%s\\n" "$file"; done'

/** A line of output each: a path is one line (rules/names.ts). */
export const findMissing = (paths: readonly string[]): Command => readCommand(['sh', '-c', MISSING, 'sh', ...new Set(paths)])
