// JSON columns. Only this room writes them, so what comes back has the type it went in with; a record that an older
// version wrote is migrated by a migration, not guessed at here.

export const writeJson = (value: unknown): string => JSON.stringify(value)
export const readJson = <Value>(text: string): Value => JSON.parse(text) as Value
